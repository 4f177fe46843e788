import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createClient } from "../../src/client/client.ts";
import { startSentinels } from "../helpers/sentinels.ts";
import { openLedger } from "./ledger.ts";
import { project, spawnTaskqWorker } from "./worker-process.ts";

test("the primary is killed: the worker finds the one that takes its place, and so does a client", async () => {
  await using set = await startSentinels();
  const folder = mkdtempSync(join(tmpdir(), "taskq-faults-"));
  const file = join(folder, "ledger");
  writeFileSync(file, "");
  const ledger = openLedger(file);
  const worker = spawnTaskqWorker(["--broker", set.url], file);
  const client = await createClient({ cwd: project, broker: set.url });
  try {
    await worker.waitFor("started");
    const before = await client.enqueue("work.nap", { ms: 0 });
    await ledger.waitFor(() => ledger.ended(before.id).length === 1);

    await set.primary.kill();
    await worker.waitFor("brokerLost");
    await set.failedOver();
    await worker.waitFor("brokerBack");
    const after = await client.enqueue("work.nap", { ms: 0 });
    await ledger.waitFor(() => ledger.ended(after.id).length === 1);

    expect(worker.events().find(({ event }) => event === "started")).toMatchObject({
      broker: expect.stringMatching(/^redis-sentinel:\/\/taskq:\*\*\*@/),
    });
    expect(worker.complaints()).toBe("");
  } finally {
    worker.kill("SIGKILL");
    await worker.ended;
    await client.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 240_000);
