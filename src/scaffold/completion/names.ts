/** What a shell completes that only the project knows. */
export interface Names {
  readonly jobs: readonly string[];
  readonly queues: readonly string[];
  readonly schedules: readonly string[];
}

/** Where the project is, as the command line says it. */
export interface NamesPlace {
  readonly cwd: string;
  readonly file: string | undefined;
  readonly envFile: string | undefined;
}
