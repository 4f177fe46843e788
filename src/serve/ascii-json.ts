const longest = 2_000;

/** A document that holds printable ASCII alone, whatever its texts hold: nothing in it moves a cursor or turns a line. */
export function asciiJson(value: unknown): string {
  const json = JSON.stringify(value, (_key, entry) => (typeof entry === "string" ? cut(entry) : entry), 2);
  return json.replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
