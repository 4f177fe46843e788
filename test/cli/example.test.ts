import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { taskq } from "../helpers/cli.ts";

const example = { cwd: fileURLToPath(new URL("../..", import.meta.url)), broker: "redis://127.0.0.1:1" };

test("check finds nothing wrong with the example", async () => {
  const { stdout, code } = await taskq(["check", "--json"], example);

  expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, errors: [], warnings: [] });
});

test("the example's isolated job computes in its thread, and the hook around it says how long it took", async () => {
  const words = ["run", "billing.printInvoice", "orderId=A-1", "pages:=1", "--verbose"];
  const { stdout, stderr, code } = await taskq(words, example);

  expect({ code, result: JSON.parse(stdout) }).toEqual({
    code: 0,
    result: { orderId: "A-1", seal: seal("A-1", 1_000) },
  });
  expect(stderr).toMatch(/info: invoice printed .*"pages":1/);
  expect(stderr).toMatch(/debug: billing\.printInvoice is done .*"ms":\d+/);
});

function seal(text: string, rounds: number): string {
  return rounds === 0 ? text : seal(createHash("sha256").update(text).digest("hex"), rounds - 1);
}
