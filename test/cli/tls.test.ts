import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { hasTls, startTlsRedis, type TlsRedis, type TlsRedisOptions } from "../helpers/certificates.ts";
import { createProject, taskq } from "../helpers/cli.ts";

const tasks = `import { defineJob } from "taskq";
export async function mark() { return "marked"; }
export const apart = defineJob({ isolate: true, handler: async () => "apart" });`;
const project = createProject({ jobs: { "shop/jobs/tasks.js": tasks } });
const masked = ({ tlsUrl }: TlsRedis) => tlsUrl.replace(/:[^:]*@/, ":***@");

async function start(options: TlsRedisOptions = {}, env?: (redis: TlsRedis) => Record<string, string>) {
  const redis = await startTlsRedis(options);
  onTestFinished(redis.stop);
  const said = env?.(redis) ?? { TASKQ_BROKER_URL: `${redis.tlsUrl}?ca=${redis.authority}` };
  return {
    redis,
    run: (...words: readonly string[]) => taskq(words, { cwd: project.root, prefix: project.prefix, env: said }),
  };
}

test.skipIf(!hasTls)(
  "over TLS a job is enqueued, run and looked at (skipped where redis-server has no TLS)",
  async () => {
    const { redis, run } = await start({}, ({ tlsUrl, authority }) => ({
      TASKQ_BROKER_URL: tlsUrl,
      NODE_EXTRA_CA_CERTS: authority,
    }));

    const enqueued = await run("enqueue", "shop.mark", "--job-id", "first");
    const worked = await run("run-worker", "--burst");
    const shown = await run("job", "show", "first", "--json");

    expect([enqueued, worked, shown].map(({ stderr, code }) => ({ stderr, code }))).toEqual(
      Array(3).fill({ stderr: "", code: 0 }),
    );
    expect(worked.stdout).toContain(`"broker":"${masked(redis)}"`);
    expect(JSON.parse(shown.stdout)).toMatchObject({ state: "completed" });
  },
);

test.skipIf(!hasTls)(
  "with certificates on both sides, named from the project's folder, every connection uses them",
  async () => {
    const here = (file: string) => relative(project.root, file);
    const { redis, run } = await start({ clients: "yes" }, ({ tlsUrl, authority, cert, key }) => ({
      TASKQ_BROKER_URL: `${tlsUrl}?ca=${here(authority)}&cert=${here(cert)}&key=${here(key)}`,
    }));

    const checked = await run("check");
    const waited = run("enqueue", "shop.mark", "--wait"); // a listener of its own hears how it ends
    const apart = await run("enqueue", "shop.apart", "--job-id", "apart");
    const worked = await run("run-worker", "--max-jobs", "2");
    const shown = await run("job", "show", "apart", "--json");
    const stats = await run("stats");
    const doctor = await run("doctor", "--json");

    const ended = [checked, await waited, apart, worked, shown, stats, doctor];
    expect(ended.map(({ stderr, code }) => ({ stderr, code }))).toEqual(ended.map(() => ({ stderr: "", code: 0 })));
    expect(worked.stdout).toContain(`"broker":"${masked(redis)}"`);
    expect((await waited).stdout).toContain("marked");
    expect(JSON.parse(shown.stdout)).toMatchObject({ state: "completed", result: "apart" });
    for (const { stdout } of ended) expect(stdout).not.toContain("client.key");
  },
);

test.skipIf(!hasTls)("a certificate for another host is refused, whoever signed it", async () => {
  const { redis, run } = await start({ host: "DNS:elsewhere.example" });

  expect(await run("stats")).toEqual({
    stdout: "",
    stderr: [
      `error: cannot reach Redis at ${masked(redis)}: its certificate is for another host`,
      "hint: Name the host as its certificate does.\n",
    ].join("\n"),
    code: 3,
  });
});

test("a file of TLS that is not there is said by `check`, and by what would connect", async () => {
  const absent = join(mkdtempSync(join(tmpdir(), "taskq-")), "ca.pem");
  const env = { TASKQ_BROKER_URL: `rediss://127.0.0.1:1?ca=${absent}` };
  const run = (...words: readonly string[]) => taskq(words, { cwd: project.root, prefix: project.prefix, env });
  const message = `cannot read ${absent}, the \`ca\` of the broker's URL: no such file`;
  const hint = "Mend what `ca` of the broker's URL names, or name another file.";

  const { stdout, code } = await run("check", "--json");
  expect(JSON.parse(stdout)).toMatchObject({
    jobs: [{ name: "shop.apart" }, { name: "shop.mark" }],
    errors: [{ code: "CONFIG_INVALID", message, file: null, hint }],
  });
  expect(code).toBe(2);
  for (const words of [["stats"], ["enqueue", "shop.mark"], ["run-worker", "--burst"]]) {
    expect(await run(...words)).toEqual({ stdout: "", stderr: `error: ${message}\nhint: ${hint}\n`, code: 2 });
  }
});
