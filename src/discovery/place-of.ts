import { realpathSync } from "node:fs";
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Where in the project an error comes from, as `file:line`: the file that threw may be one that the job file imports. */
export function placeOf(error: unknown, root: string): string | undefined {
  const stack = error instanceof Error && typeof error.stack === "string" ? error.stack : "";
  const inside = `${realpathSync(root)}${sep}`;
  for (const line of stack.split("\n")) {
    const [, said, at] = /^\s+at (?:.* \(|async )?(\S.*?):(\d+):\d+\)?$/.exec(line) ?? [];
    if (said === undefined) continue;
    const file = said.startsWith("file:") ? fileURLToPath(said) : said;
    if (file.startsWith(inside) && !file.includes(`${sep}node_modules${sep}`)) return `${relative(inside, file)}:${at}`;
  }
  return undefined;
}
