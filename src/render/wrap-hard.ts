import { characterWidth, textWidth } from "./text-width.ts";

/** A plain text as lines of at most so many cells, cut wherever that is: for stacks and JSON. Later lines are indented like the first. */
export function wrapHard(text: string, width: number): string[] {
  if (textWidth(text) <= width) return [text];
  const indent = /^ */.exec(text)![0].slice(0, Math.floor(width / 2));
  const lines: string[] = [];
  let line = "";
  let left = width;
  for (const character of text) {
    const cells = characterWidth(character);
    if (cells > left) {
      lines.push(line);
      line = indent;
      left = width - indent.length;
    }
    line += character;
    left -= cells;
  }
  return [...lines, line];
}
