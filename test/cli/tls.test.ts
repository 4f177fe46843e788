import { expect, onTestFinished, test } from "vitest";
import { hasTls, startTlsRedis } from "../helpers/certificates.ts";
import { createProject, taskq } from "../helpers/cli.ts";

const project = createProject({ jobs: { "shop/jobs/tasks.js": "export async function mark() {}" } });

async function start(host?: string) {
  const redis = await startTlsRedis(host);
  onTestFinished(redis.stop);
  const env = { TASKQ_BROKER_URL: redis.tlsUrl, NODE_EXTRA_CA_CERTS: redis.authority };
  return {
    redis,
    run: (...words: readonly string[]) => taskq(words, { cwd: project.root, prefix: project.prefix, env }),
  };
}

test.skipIf(!hasTls)(
  "over TLS a job is enqueued, run and looked at (skipped where redis-server has no TLS)",
  async () => {
    const { redis, run } = await start();

    const enqueued = await run("enqueue", "shop.mark", "--job-id", "first");
    const worked = await run("run-worker", "--burst");
    const shown = await run("job", "show", "first", "--json");

    expect([enqueued, worked, shown].map(({ stderr, code }) => ({ stderr, code }))).toEqual(
      Array(3).fill({ stderr: "", code: 0 }),
    );
    expect(worked.stdout).toContain(`"broker":"${redis.tlsUrl.replace(/:[^:]*@/, ":***@")}"`);
    expect(JSON.parse(shown.stdout)).toMatchObject({ state: "completed" });
  },
);

test.skipIf(!hasTls)("a certificate for another host is refused, whoever signed it", async () => {
  const { redis, run } = await start("DNS:elsewhere.example");

  expect(await run("stats")).toEqual({
    stdout: "",
    stderr: [
      `error: cannot reach Redis at ${redis.tlsUrl.replace(/:[^:]*@/, ":***@")}: its certificate is for another host`,
      "hint: Name the host as its certificate does.\n",
    ].join("\n"),
    code: 3,
  });
});
