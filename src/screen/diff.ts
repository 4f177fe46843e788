/**
 * What to send to a terminal so that it shows `next` where it shows `last`: the lines that differ and no others, as one text; empty
 * where none does. Lines leave the last column free: behind a full one, erasing the rest of it would take its last character.
 */
export function diffLines(last: readonly string[], next: readonly string[]): string {
  const changes = next.flatMap((line, index) => (line === last[index] ? [] : [`${moveTo(index)}${line}${endLine}`]));
  const gone = last.length > next.length ? `${moveTo(next.length)}${endScreen}` : "";
  return changes.length === 0 && gone === "" ? "" : `${beginFrame}${changes.join("")}${gone}${endFrame}`;
}

const moveTo = (row: number) => `\u001b[${row + 1};1H`;
const endLine = "\u001b[K";
const endScreen = "\u001b[J";
// A terminal that knows of these two shows all between them at once; the others pass them over.
const beginFrame = "\u001b[?2026h";
const endFrame = "\u001b[?2026l";
