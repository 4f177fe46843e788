// C0, DEL, C1, the bidi marks, and the two separators that some terminals and log readers break lines at.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const longest = 2_000;

/** Text of unknown origin, made safe for one line of a terminal: nothing moves the cursor, and long text is cut. */
export function escapeText(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…` : text;
  return cut.replace(unsafe, (character) => short[character] ?? toUnicodeEscape(character));
}

/** The same characters in a JSON document, whose own line breaks stay. */
export function escapeJson(json: string): string {
  return json.replace(unsafe, (character) => (character === "\n" ? character : toUnicodeEscape(character)));
}

function toUnicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
