import { readFileSync } from "node:fs";
import { join } from "node:path";
import { escapeHtml } from "./escape-html.ts";
import type { Told } from "./server-adapter.ts";

/** Bull Board's one page: its template, filled in, without the fonts that it would load from elsewhere. */
export function renderEntryPage({ entry, viewsPath, uiConfig }: Told, basePath: string): string {
  const { name, params } = entry.handler({ basePath, uiConfig });
  return readFileSync(join(viewsPath, name), "utf8")
    .replace(/<link\b[^>]*\bhref="https?:[^>]*>/g, "")
    .replace(/<%([=-])\s*(\w+)\s*%>/g, (_tag, kind: string, key: string) =>
      kind === "=" ? escapeHtml(params[key] ?? "") : (params[key] ?? ""),
    );
}
