/** Whether all is well, or why not: in a few words that hold no names. */
export type Probe = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** What the server asks for each of its paths. Whoever has answers can be served: one worker, or the parent of many. */
export interface Probes {
  /** Whether the process should be left alive. */
  readonly live: () => Probe;
  /** Whether it takes jobs. */
  readonly ready: () => Probe;
  /** In the text format of Prometheus. */
  readonly metrics: () => Promise<string>;
  readonly status: () => Promise<object>;
}
