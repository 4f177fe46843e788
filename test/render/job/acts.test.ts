import { expect, test } from "vitest";
import type { ActTally } from "../../../src/inspect/act-tally.ts";
import {
  renderActPlan,
  renderActProgress,
  renderActReceipts,
  renderActTally,
  renderCancelledLeft,
} from "../../../src/render/job/acts.ts";
import { renderUnreadable } from "../../../src/render/job/unreadable.ts";
import { colored, plain } from "../style.ts";

const tally: ActTally = {
  verb: "retry",
  matched: 1_234,
  done: 1_200,
  requested: 0,
  gone: 3,
  refused: 31,
  reasons: [
    { kind: "refused", reason: "an unfinished job has its unique key", count: 30, id: "a\u009b" },
    { kind: "refused", reason: "it is completed: enqueue it again", count: 1, id: "b" },
  ],
};

test("what became of many jobs is counted, and why some were left alone is said", () => {
  expect(renderActTally(tally, plain)).toBe(
    [
      "1,200 of 1,234 jobs retried",
      "  3 already gone, or no longer as they were",
      "  30 refused: an unfinished job has its unique key (such as id=a\\u009b)",
      "  1 refused: it is completed: enqueue it again (id=b)",
    ].join("\n"),
  );
});

test("one that was interrupted says how many were not tried", () => {
  const interrupted = { ...tally, done: 200, refused: 0, gone: 0, reasons: [] };
  expect(renderActTally(interrupted, plain)).toBe("200 of 1,234 jobs retried\n  1,034 not tried: interrupted");
});

test("where all went well it is one line, in green", () => {
  const all = { ...tally, verb: "remove" as const, matched: 1, done: 1, gone: 0, refused: 0, reasons: [] };
  expect(renderActTally(all, plain)).toBe("1 job removed");
  expect(renderActTally(all, colored)).toBe("\u001b[32m1 job removed\u001b[39m");
});

test("jobs that were told to stop and have not yet are neither done nor refused", () => {
  const reasons = [{ kind: "requested" as const, reason: "its handler was told to stop", count: 2, id: "a" }];
  const requested = {
    ...tally,
    verb: "cancel" as const,
    matched: 5,
    done: 3,
    requested: 2,
    gone: 0,
    refused: 0,
    reasons,
  };
  expect(renderActTally(requested, plain)).toBe(
    "3 of 5 jobs cancelled\n  2 requested: its handler was told to stop (such as id=a)",
  );
});

test("progress, plan and receipts", () => {
  expect(renderActProgress(tally)).toBe("retried 1,200, 1,234 of 1,234 tried");
  const counts = [{ job: "mail.send", queue: "mail", state: "failed", count: 1_234 }];
  expect(renderActPlan("retry", counts, 1_234, 80)).toBe(
    "would retry 1,234 jobs; nothing was changed\n  1,234  failed  mail.send",
  );
  const vague = [{ job: "", queue: "mail", state: "failed", count: 2 }];
  expect(renderActPlan("remove", vague, 2, 80)).toBe(
    "would remove 2 jobs; nothing was changed\n  2  failed  (unreadable)  in mail",
  );
  expect(renderActPlan("retry", [], 0, 80)).toBe("no jobs to retry");
  expect(
    renderActReceipts(
      [
        { id: "a", queue: "mail", outcome: "retried", reason: null },
        { id: "b", queue: "mail", outcome: "refused", reason: "it is completed" },
      ],
      plain,
    ),
  ).toBe("retried id=a queue=mail\nrefused id=b queue=mail: it is completed");
});

test("cancelled jobs that are left out are counted, with the flag that takes them", () => {
  expect(renderCancelledLeft(1)).toBe("1 cancelled job is left out: `--cancelled` takes it too");
  expect(renderCancelledLeft(1_200)).toBe("1,200 cancelled jobs are left out: `--cancelled` takes them too");
});

test("records that cannot be read are named, and after twenty counted", () => {
  const job = { queue: "mail", key: "t-a\n", id: "a\n", state: "failed" as const, reason: "its record is gone" };
  const lines = renderUnreadable(
    Array.from({ length: 22 }, () => job),
    plain,
  );
  expect(lines).toHaveLength(21);
  expect(lines[0]).toBe("passed over id=a\\n queue=mail state=failed: its record is gone");
  expect(lines[20]).toBe("and 2 more that cannot be read");
});
