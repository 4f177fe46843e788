/** What the thread is started with. */
export interface ThreadData {
  /** When the main thread's loop last turned, in milliseconds since 1970. */
  readonly heartbeat: BigInt64Array;
  /** Where the broker is, password included. */
  readonly url: string;
  readonly prefix: string;
  /** The runner's id. */
  readonly runner: string;
  readonly queues: readonly string[];
  /** 0: a blocked loop is not covered. */
  readonly capMs: number;
  readonly parent: { readonly pid: number; readonly outliveMs: number } | undefined;
}

/** One block of the loop, told when it is over. */
export interface ThreadMessage {
  readonly blockedMs: number;
  readonly jobs: readonly { readonly queue: string; readonly id: string; readonly job: string }[];
}
