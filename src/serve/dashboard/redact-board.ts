/** Where Bull Board's answers hold what an application wrote. */
const places = ["data", "returnValue", "progress", "opts", "template"];

/** An answer of Bull Board's without the values that `redact` hides. */
export function redactBoard(body: unknown, redact: (value: unknown) => unknown): unknown {
  if (Array.isArray(body)) return body.map((item) => redactBoard(item, redact));
  if (typeof body !== "object" || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      places.includes(key) ? redact(value) : redactBoard(value, redact),
    ]),
  );
}
