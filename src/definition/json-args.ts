import { isDate, isMap, isSet } from "node:util/types";
import { TaskqError } from "../errors.ts";

const deepest = 100;
const dangerous = new Set(["__proto__", "constructor", "prototype"]);

/** Refuses what JSON would lose or a handler could be hurt by, with the path of the value. */
export function checkJsonArgs(args: unknown, maxSize: number): asserts args is object {
  const hint = "Store large data elsewhere and enqueue its key, or raise `maxArgsSize`.";
  checkJson("args", args, { maxSize, hint });
}

const mostMeta = 16_384;

/** The same for what goes along with them. */
export function checkMeta(meta: unknown): asserts meta is object {
  checkJson("meta", meta, { maxSize: mostMeta, hint: "Large data belongs in the args, or is stored elsewhere." });
}

interface Bound {
  readonly maxSize: number;
  /** What to do about too much of it. */
  readonly hint: string;
}

function checkJson(what: "args" | "meta", given: unknown, { maxSize, hint }: Bound): void {
  const value = asJsonTakes(given, "");
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid(`the ${what} must be a JSON object, not ${describe(value)}`, 'Write them as {"key": value}.');
  }
  walk(what, value, [], new Set());
  const size = Buffer.byteLength(JSON.stringify(value));
  if (size > maxSize) throw invalid(`the ${what} are ${size} bytes of JSON, more than the ${maxSize} allowed`, hint);
}

function walk(what: string, value: unknown, path: readonly string[], above: Set<object>): void {
  const lost = whatIsLost(value);
  if (lost) throw invalid(`the ${what} hold ${lost} at ${path.join(".")}, which JSON cannot carry`);
  if (typeof value !== "object" || value === null) return;
  if (above.has(value)) throw invalid(`the ${what} hold a cycle at ${path.join(".")}`);
  if (path.length >= deepest) throw invalid(`the ${what} are nested deeper than ${deepest} levels`);

  above.add(value);
  for (const key of Object.keys(value)) {
    if (dangerous.has(key))
      throw invalid(`the ${what} hold the key "${key}" at ${[...path, key].join(".")}, which is refused`);
    walk(what, asJsonTakes((value as Record<string, unknown>)[key], key), [...path, key], above);
  }
  above.delete(value);
}

/** What stands in a value's place: an object may say so itself. A date that is none would be null: it is left for a refusal. */
function asJsonTakes(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || isNoDate(value)) return value;
  const { toJSON } = value as { readonly toJSON?: unknown };
  return typeof toJSON === "function" ? toJSON.call(value, key) : value;
}

const isNoDate = (value: unknown) => isDate(value) && Number.isNaN(value.getTime());

/** A value that JSON would refuse, or turn into null or an empty object. */
function whatIsLost(value: unknown): string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : String(value);
  if (typeof value === "bigint" || typeof value === "function" || typeof value === "symbol") return `a ${typeof value}`;
  if (typeof value !== "object") return undefined;
  return isMap(value) ? "a Map" : isSet(value) ? "a Set" : isNoDate(value) ? "an invalid Date" : undefined;
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return `${JSON.stringify(value) ?? String(value)} (${typeof value})`;
}

function invalid(message: string, hint?: string): TaskqError {
  return new TaskqError("ARGS_INVALID", message, { hint });
}
