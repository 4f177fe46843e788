import type { TypesFile } from "../scaffold/types.ts";
import type { Style } from "./color.ts";
import { escapeText } from "./escape.ts";

const words = {
  written: "is written",
  unchanged: "is up to date",
  stale: "differs from the jobs: run `taskq types`",
  missing: "is missing: run `taskq types`",
} as const;

/** The generated files, a line each. */
export function renderTypesFiles(files: readonly TypesFile[], style: Style): string {
  return files
    .map(({ file, state }) => {
      const text = `${escapeText(file)} ${words[state]}`;
      return state === "stale" || state === "missing" ? style.red(text) : text;
    })
    .join("\n");
}
