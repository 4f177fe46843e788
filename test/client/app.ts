import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient } from "../../src/client/client.ts";
import { loadConfig } from "../../src/config/load.ts";
import { loadCatalog } from "../../src/discovery/load-catalog.ts";
import { createLoader } from "../../src/loader/loader.ts";
import type { Service } from "../../src/service/parts.ts";
import { startService } from "../../src/service/service.ts";
import { testPrefix } from "../helpers/redis.ts";

/** A project on disk, a client of it, and its worker service in this process. */
export interface ClientApp extends AsyncDisposable {
  readonly client: Client;
  readonly prefix: string;
  readonly start: () => Promise<Service>;
}

const tasks = `
import { setTimeout as wait } from "node:timers/promises";
export async function echo(args) { return args; }
export async function double({ n }) { return { n: n * 2 }; }
export async function later({ ms, n }, { signal }) { await wait(ms, undefined, { signal }); return n; }
export async function fail({ why }) { throw new Error(why); }
`;

/** Jobs: `work.echo`, `work.double`, `work.later`, `work.fail`. */
export async function createApp(url: string, config = ""): Promise<ClientApp> {
  const prefix = testPrefix();
  const cwd = mkdtempSync(join(tmpdir(), "taskq-client-"));
  mkdirSync(join(cwd, "src/app/domain/work/jobs"), { recursive: true });
  writeFileSync(join(cwd, "package.json"), '{"type":"module","name":"shop"}');
  writeFileSync(
    join(cwd, "taskq.config.js"),
    `export default { prefix: "${prefix}", abortGrace: "200ms", shutdownTimeout: "1s", blockedLoopCap: 0, ${config} };`,
  );
  writeFileSync(join(cwd, "src/app/domain/work/jobs/tasks.js"), tasks);
  const client = await createClient({ cwd, broker: url });
  const services: Service[] = [];

  return {
    client,
    prefix,
    async start() {
      const config = await loadConfig({ cwd, file: undefined, flags: { broker: url } });
      const catalog = await loadCatalog(config, createLoader(config.root));
      const rest = {
        schedules: false,
        burst: false,
        shareQueues: [],
        allowEviction: false,
        name: undefined,
        onEvent: () => {},
      };
      const service = await startService({ config, catalog, queues: catalog.queues, ...rest });
      services.push(service);
      return service;
    },
    async [Symbol.asyncDispose]() {
      for (const service of services) service.close("the test is over");
      await Promise.all(services.map(({ ended }) => ended));
      await client.close();
      rmSync(cwd, { recursive: true, force: true });
    },
  };
}
