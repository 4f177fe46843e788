/** The fields of a log line as JSON carries them. A line that cannot be kept must not end the job that wrote it. */
export function toPlain(fields: object): object {
  try {
    return JSON.parse(JSON.stringify(fields));
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
}
