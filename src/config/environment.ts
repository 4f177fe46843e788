export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables of this process as they are now: the one place that reads them. */
export function readEnvironment(): Environment {
  return { ...process.env };
}
