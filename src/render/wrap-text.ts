import { textWidth } from "./text-width.ts";

/** Breaks a text at its spaces. A word that is too long for a line has one of its own. `first`: of the first line. */
export function wrapText(text: string, width: number, first = width): string[] {
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of text.split(" ")) {
    const longer: string = line === undefined ? word : `${line} ${word}`;
    const most = lines.length === 0 ? first : width;
    if (line === undefined || textWidth(longer) <= most) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line ?? ""];
}
