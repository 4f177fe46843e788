import type { NotCarried } from "../../scaffold/crontab/read-crontab.ts";
import { escapeText } from "../escape.ts";

/** What of a crontab no schedule says, a line each with its reason below; empty where nothing is left. */
export function renderNotCarried(left: readonly NotCarried[]): string {
  if (left.length === 0) return "";
  return [
    "not carried over:",
    ...left.flatMap(({ line, text, reason }) => [`  line ${line}: ${escapeText(text)}`, `    ${escapeText(reason)}`]),
  ].join("\n");
}
