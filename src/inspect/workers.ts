/** One live worker process, as `taskq worker list` prints it. */
export interface WorkerRow {
  readonly name: string;
  readonly host: string;
  readonly pid: number;
  readonly app: string;
  readonly release: string;
  readonly version: string;
  readonly queues: readonly { readonly queue: string; readonly concurrency: number }[];
  readonly state: "starting" | "running" | "closing";
  readonly startedAt: string;
  readonly active: readonly { readonly id: string; readonly job: string; readonly sinceMs: number; readonly abandoned: boolean }[];
  readonly memoryBytes: number;
}
