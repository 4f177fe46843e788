import { expect, test } from "vitest";
import { createGate, type GateOptions } from "../../../src/serve/dashboard/gate.ts";

const token = "a-token-of-the-test";
const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

async function ask(options: Partial<GateOptions>, headers: Record<string, string> = {}, method = "GET") {
  const gate = createGate({ token: undefined, hosts: undefined, isWritable: false, ...options });
  const refused = gate(new Request("http://127.0.0.1:7434/jobs", { method, headers }));
  return refused ? `${refused.status} ${(await refused.text()).trim()}` : "passed";
}

test.each([
  ["127.0.0.1:7434", "passed"],
  ["localhost", "passed"],
  ["[::1]:7434", "passed"],
  ["ops.example.com", "passed"],
  ["OPS.example.com:443", "passed"],
  ["example.com", "403 the Host header names neither this machine nor a host that was allowed"],
  ["ops.example.com.evil.test", "403 the Host header names neither this machine nor a host that was allowed"],
  ["127.0.0.1.evil.test:7434", "403 the Host header names neither this machine nor a host that was allowed"],
])("where hosts are named, Host: %s is %s", async (host, outcome) => {
  expect(await ask({ hosts: ["ops.example.com"] }, { host })).toBe(outcome);
});

test("any Host is answered where none is named", async () => {
  expect(await ask({}, { host: "example.com" })).toBe("passed");
});

test.each([
  [{ authorization: `Bearer ${token}` }, "passed"],
  [{ authorization: `bearer  ${token} ` }, "passed"],
  [{ authorization: basic("", token) }, "passed"],
  [{ authorization: basic("anyone", token) }, "passed"],
  [{}, "401 a token is needed"],
  [{ authorization: "Bearer" }, "401 a token is needed"],
  [{ authorization: `Bearer ${token}x` }, "401 a token is needed"],
  [{ authorization: basic(token, "") }, "401 a token is needed"],
  [{ authorization: basic("anyone", "wrong") }, "401 a token is needed"],
  [{ authorization: "Basic ====" }, "401 a token is needed"],
])("a token is taken as a bearer's or as a password: %o is %s", async (headers, outcome) => {
  expect(await ask({ token }, headers)).toBe(outcome);
});

test("a browser is told how to ask for the token", () => {
  const refused = createGate({ token, hosts: undefined, isWritable: true })(new Request("http://127.0.0.1/"));

  expect(refused?.headers.get("www-authenticate")).toBe('Basic realm="taskq", charset="UTF-8"');
});

test.each(["POST", "PUT", "PATCH", "DELETE"])("%s is refused while it is read-only", async (method) => {
  expect(await ask({}, {}, method)).toBe("405 this dashboard is read-only");
  expect(await ask({ isWritable: true }, {}, method)).toBe("passed");
});

const elsewhere = "403 the request comes from another site";

test.each([
  [{ "sec-fetch-site": "same-origin" }, "passed"],
  [{ "sec-fetch-site": "cross-site" }, elsewhere],
  [{ "sec-fetch-site": "same-site" }, elsewhere],
  [{ "sec-fetch-site": "none" }, elsewhere],
  [{ "sec-fetch-site": "cross-site", origin: "http://jobs.test" }, elsewhere],
  [{ origin: "http://jobs.test" }, "passed"],
  [{ origin: "https://jobs.test" }, "passed"],
  [{ origin: "http://evil.test" }, elsewhere],
  [{ origin: "http://jobs.test.evil.test" }, elsewhere],
  [{ origin: "null" }, elsewhere],
])("a change that %o asks for is %s", async (headers, outcome) => {
  expect(await ask({ isWritable: true }, { host: "jobs.test", ...headers }, "POST")).toBe(outcome);
  expect(await ask({ isWritable: true }, { host: "jobs.test", ...headers }, "GET")).toBe("passed");
});
