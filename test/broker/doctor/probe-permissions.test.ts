import { expect, test } from "vitest";
import { openBroker } from "../../../src/broker/broker.ts";
import { probePermissions } from "../../../src/broker/doctor/probe-permissions.ts";
import { testPrefix, testRedis } from "../../helpers/redis.ts";

const redis = await testRedis();

test("a URL with a password alone is the default user's", async () => {
  const broker = await openBroker({ url: redis.adminUrl, prefix: testPrefix(), root: "/nowhere", kind: "fail-fast" });
  try {
    expect(await probePermissions(broker)).toMatchObject({ user: "default", isWhole: true });
  } finally {
    await broker.close();
  }
});
