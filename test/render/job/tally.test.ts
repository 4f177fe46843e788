import { expect, test } from "vitest";
import { renderProgress, renderReject, renderTally } from "../../../src/render/job/tally.ts";
import { plain } from "../style.ts";

test.each([
  [{ enqueued: 1, duplicates: 0, rejected: 0 }, "1 job enqueued"],
  [
    { enqueued: 12_000, duplicates: 2, rejected: 1 },
    "12,000 jobs enqueued, 2 duplicates left alone, 1 line rejected and not written",
  ],
])("a tally of %j is one line", (tally, expected) => {
  expect(renderTally(tally, plain, false)).toBe(expected);
});

test("a dry run says that nothing was written", () => {
  expect(renderTally({ enqueued: 2, duplicates: 0, rejected: 0 }, plain, true)).toBe(
    "2 jobs would be enqueued; nothing was written",
  );
});

test("progress is a count and a rate", () => {
  expect(renderProgress({ enqueued: 3_000, duplicates: 0, rejected: 2 }, 1_500)).toBe(
    "3,000 enqueued, 2 rejected, 2,000 a second",
  );
});

test("a rejected line is told with its number, and moves no cursor", () => {
  expect(renderReject(7, "two problems:\n  a\u001b[2J")).toBe("line 7: two problems:\n  a\\u001b[2J");
});
