/** What the generated files need to know of a project: no more than this decides what is in them. */
export interface ShipFacts {
  /** For people. */
  readonly name: string;
  /** The same as systemd, Kubernetes and a user's name can take it. */
  readonly slug: string;
  readonly user: string;
  /** Where the project lies on the server. */
  readonly directory: string;
  /** What `--config` has to say there; absent where the config is found by itself. */
  readonly configFile: string | undefined;
  /** The folder of the compiled files; absent where the sources run. */
  readonly outputFolder: string | undefined;
  /** Whether package.json has a `build` script. */
  readonly builds: boolean;
  readonly packageManager: "npm" | "pnpm";
  readonly nodeMajor: number;
  /** `--processes`; absent for a single process. */
  readonly processes: string | undefined;
  /** Of health and metrics; absent where there are none. */
  readonly httpPort: number | undefined;
  readonly shutdownTimeoutMs: number;
  readonly startupTimeoutMs: number;
}
