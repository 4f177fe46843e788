import { createHash } from "node:crypto";
import { TaskqError } from "../errors.ts";
import { showValue } from "./show-value.ts";

/** Which jobs are the same: `true` for those of equal args, a key, or a function of the args that gives the key. */
// biome-ignore lint/suspicious/noExplicitAny: each job has args of its own
export type Unique<Args = any> = boolean | string | ((args: Args) => string);

export const longestKey = 512;

/** The key that no other unfinished job of this name may have, or undefined where the job need not be unique. */
export function uniqueKeyOf(name: string, unique: Unique | undefined, args: object): string | undefined {
  if (unique === undefined || unique === false) return undefined;
  if (unique === true) return `${name}:${createHash("sha256").update(inOrder(args)).digest("base64url")}`;
  const key = typeof unique === "string" ? unique : ask(name, unique, args);
  if (typeof key === "string" && key !== "" && key.length <= longestKey) return `${name}:${key}`;
  const said = typeof key === "string" ? `a text of ${key.length} characters` : showValue(key);
  throw new TaskqError("ARGS_INVALID", `the unique key of ${name} is ${said}`, {
    hint: `Give a text of 1 to ${longestKey} characters.`,
  });
}

function ask(name: string, unique: (args: object) => string, args: object): unknown {
  try {
    return unique(args);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : showValue(cause);
    throw new TaskqError("ARGS_INVALID", `the \`unique\` function of ${name} threw: ${said}`, { cause });
  }
}

/** JSON that does not depend on the order in which keys were written. */
function inOrder(args: object): string {
  return JSON.stringify(args, (_key, value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
