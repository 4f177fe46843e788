/** One job, as `taskq job show` prints it. Times are ISO 8601 in UTC. */
export interface JobDetail {
  readonly id: string;
  readonly job: string;
  readonly queue: string;
  readonly state: string;
  readonly args: unknown;
  readonly attempts: { readonly made: number; readonly max: number };
  readonly interruptions: number;
  readonly progress: unknown;
  readonly result: unknown;
  readonly error: { readonly message: string; readonly stack: string | null } | null;
  readonly enqueuedAt: string;
  readonly runAt: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly durationMs: number | null;
  readonly worker: string | null;
  readonly schedule: string | null;
  readonly logs: readonly string[];
}
