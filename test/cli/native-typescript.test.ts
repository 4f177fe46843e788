import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { createProject } from "../helpers/cli.ts";
import { testPrefix, testRedis } from "../helpers/redis.ts";

const { url } = await testRedis();
const stripsTypes = "typescript" in process.features && Boolean(process.features.typescript);

const server = `
import { createClient, createRunner } from "taskq";
import { send } from "./src/app/domain/mail/jobs/tasks.ts";
import { box } from "./src/app/domain/mail/box.ts";
const logger = { debug() {}, info() {}, warn: console.error, error: console.error };
const taskq = await createClient();
const runner = await createRunner({ logger });
const { result } = await taskq.enqueueAndWait(send, { to: "ann" });
const { result: level } = await taskq.enqueueAndWait("reports.render", {});
console.log(JSON.stringify({ result, level, sent: box.sent, boxes: globalThis.boxes }));
await runner.close();
await taskq.close();
`;

test.skipIf(!stripsTypes)(
  "`node server.ts` has each module once: a job is known by its value, and a runner shares what is open (Node >= 22.18)",
  async () => {
    const { root } = createProject({
      config: `export default { app: "shop", prefix: "${testPrefix()}", broker: "${url}", blockedLoopCap: 0 };`,
      jobs: {
        "mail/box.ts": `
          declare global { var boxes: number }
          globalThis.boxes = (globalThis.boxes ?? 0) + 1;
          export const box: { sent: string[] } = { sent: [] };`,
        "mail/jobs/tasks.ts": `
          import { defineJob } from "taskq";
          import { box } from "../box.ts";
          export const send = defineJob({ handler: async ({ to }: { to: string }) => box.sent.push(to) });`,
        "reports/jobs/tasks.ts": `
          enum Level { Low = 7 }
          export const render = async () => Level.Low;`,
      },
    });
    writeFileSync(join(root, "server.ts"), server);

    const { stdout } = await promisify(execFile)(process.execPath, ["server.ts"], { cwd: root });
    expect(JSON.parse(stdout)).toEqual({ result: 1, level: 7, sent: ["ann"], boxes: 1 });
  },
);
