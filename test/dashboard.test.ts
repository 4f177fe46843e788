import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createDashboard } from "../src/dashboard.ts";
import { createFolder, createProject } from "./helpers/cli.ts";
import { ask } from "./helpers/http.ts";
import { testRedis } from "./helpers/redis.ts";

const redis = await testRedis();
const jobs = { "mail/jobs/tasks.js": "export async function send() {}" };

test("an application mounts it as a handler of requests, with the config of the project", async () => {
  const { root, prefix, json } = createProject({ broker: redis.url, jobs });
  writeFileSync(join(root, "taskq.config.js"), `export default { prefix: "${prefix}", redact: ["to"] };`);
  const { id } = await json("enqueue", "mail.send", "to=ann");
  await using dashboard = await createDashboard({ cwd: root, broker: redis.url, prefix: "/admin" });

  const answer = await dashboard.fetch(new Request(`https://shop.test/admin/api/queues/mail/t-${id}`));

  expect(await answer.json()).toMatchObject({ job: { data: { to: "[redacted]" } }, status: "waiting" });
  expect((await dashboard.fetch(new Request("https://shop.test/"))).status).toBe(404);
});

test("it is mounted in a server of Node's too, needs no config, and keeps to the hosts and the token it is told", async () => {
  const token = "a-token-of-the-test";
  const dashboard = await createDashboard({ cwd: createFolder(), broker: redis.url, token, hosts: ["shop.test"] });
  const server = createServer((request, response) => void dashboard.handle(request, response));
  onTestFinished(async () => {
    server.close();
    await dashboard.close();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const status = async (host: string, authorization: string) =>
    (await ask(address, "/", { headers: { host, authorization } })).status;

  expect(await status("shop.test", `Bearer ${token}`)).toBe(200);
  expect(await status("shop.test", "Bearer wrong")).toBe(401);
  expect(await status("evil.test", `Bearer ${token}`)).toBe(403);
});

test.each([undefined, "", "short"])("a token of %o is refused: nobody meant to leave the door open", async (token) => {
  await expect(createDashboard({ cwd: createFolder(), broker: redis.url, token })).rejects.toMatchObject({
    code: "USAGE",
    message: "token must be 16 or more letters, digits and signs, without a space (it is not quoted here)",
  });
});

test("without a broker it rejects", async () => {
  await expect(createDashboard({ cwd: createFolder(), broker: "redis://127.0.0.1:1" })).rejects.toMatchObject({
    code: "BROKER_UNREACHABLE",
  });
});
