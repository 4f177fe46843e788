export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables of this process as they are now: the one place that reads them. */
export function readEnvironment(): Environment {
  return { ...process.env };
}

const ofFile = new Set<string>();

/** Notes that variables came from a `.env` file. */
export function noteOfFile(names: readonly string[]): void {
  for (const name of names) ofFile.add(name);
}

/** For another process of this program: it reads the `.env` file itself, as that is then. */
export function environmentToPassOn(): Environment {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofFile.has(name)));
}
