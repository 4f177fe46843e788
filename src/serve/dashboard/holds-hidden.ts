/** Whether a body would write what was shown instead of a value that `redact` hides. */
export function holdsHidden(body: unknown): boolean {
  return (JSON.stringify(body) ?? "").includes('"[redacted]"');
}
