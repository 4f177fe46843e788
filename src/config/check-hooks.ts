import { type Check, checkShape } from "../definition/check-shape.ts";
import { checks } from "../definition/checks.ts";
import type { Hooks } from "../definition/hooks.ts";

const isFunction = (value: unknown) => typeof value === "function";
const aFunction = checks.must("a function", isFunction);

const hookChecks: { readonly [Key in keyof Required<Hooks>]: Check } = {
  beforeEnqueue: aFunction,
  afterEnqueue: aFunction,
  aroundJob: aFunction,
  onCompleted: aFunction,
  // Of what is no URL nothing is quoted: it may be one with a secret in its path and a slip in front.
  onFailed: (value, path) =>
    isFunction(value) || isUrl(value) || isCommand(value)
      ? []
      : [
          `${path} must be a function, an http:// or https:// URL without a password or { command: ["program", "arg"] }`,
        ],
};

/** The problems of the config's hooks. */
export function checkHooks(value: unknown, path: string): string[] {
  return checkShape(value, path, hookChecks);
}

function isUrl(value: unknown): boolean {
  return (
    typeof value === "string" && /^https?:\/\//.test(value) && URL.canParse(value) && !/^.*:\/\/[^/]*@/.test(value)
  );
}

function isCommand(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Object.keys(value).join() !== "command") return false;
  const { command } = value as { command: unknown };
  if (!Array.isArray(command) || !command.every((word) => typeof word === "string")) return false;
  return command.length > 0 && command[0] !== "";
}
