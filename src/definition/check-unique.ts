import type { Check } from "./check-shape.ts";
import { checks } from "./checks.ts";
import { longestKey } from "./unique.ts";

/** What `unique` may be, wherever it is said. */
export const checkUnique: Check = checks.must(
  `true, false, a text of 1 to ${longestKey} characters or a function of the args`,
  (value) =>
    typeof value === "boolean" ||
    typeof value === "function" ||
    (typeof value === "string" && value !== "" && value.length <= longestKey),
);
