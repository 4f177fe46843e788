const form = /^[!-~]{16,}$/;

/** The problem of a token, as a list of one or none. It is a secret: no message quotes it. */
export function checkHttpToken(value: unknown, path: string): string[] {
  const isRight = typeof value === "string" && form.test(value);
  return isRight
    ? []
    : [`${path} must be 16 or more letters, digits and signs, without a space (it is not quoted here)`];
}
