import { showValue } from "../definition/show-value.ts";
import { TaskqError } from "../errors.ts";

const arrayHint = "Give an array, one entry a job.";
const readFirst = "Read them into an array first, or enqueue them by `enqueueMany`, which takes them as they come.";

/** Refuses what types would: a text can be iterated too, but nobody means its letters. */
export function checkRows(rows: unknown, takes: "iterable" | "iterable or async iterable"): void {
  const isObject = typeof rows === "object" && rows !== null;
  const isAsync = isObject && Symbol.asyncIterator in rows;
  if (isAsync && takes === "iterable") {
    throw new TaskqError("USAGE", "rows must be an iterable such as an array, not an async iterable", {
      hint: readFirst,
    });
  }
  if (isAsync || (isObject && Symbol.iterator in rows)) return;
  throw new TaskqError("USAGE", `rows must be an ${takes} such as an array, not ${showValue(rows)}`, {
    hint: arrayHint,
  });
}
