import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createClient } from "../../src/client/client.ts";
import { startSentinels } from "../helpers/sentinels.ts";
import { openLedger } from "./ledger.ts";
import { until } from "./until.ts";
import { project, spawnTaskqWorker } from "./worker-process.ts";

for (const [what, goes] of [
  ["is killed", "kill"],
  ["falls silent and stays connected", "freeze"],
] as const) {
  test.concurrent(`the primary ${what}: the worker and a client go on with the one that takes its place`, async () => {
    await using set = await startSentinels();
    const folder = mkdtempSync(join(tmpdir(), "taskq-faults-"));
    const file = join(folder, "ledger");
    writeFileSync(file, "");
    const ledger = openLedger(file);
    const worker = spawnTaskqWorker(["--broker", set.url], file);
    const client = await createClient({ cwd: project, broker: set.url });
    const enqueue = () => client.enqueue("work.nap", { ms: 0 });
    try {
      await worker.waitFor("started");
      const before = await enqueue();
      await ledger.waitFor(() => ledger.ended(before.id).length === 1);

      await set.primary[goes]();
      await worker.waitFor("brokerLost");
      await set.failedOver();
      await worker.waitFor("brokerBack");
      let after: string | undefined;
      await until(async () => {
        after = await enqueue().then(
          ({ id }) => id,
          () => undefined,
        );
        return after !== undefined;
      }, "a call that is taken");
      await ledger.waitFor(() => ledger.ended(after!).length === 1);

      expect(worker.count("brokerLost")).toBe(1);
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
  }, 300_000);
}
