import { type Environment, environmentToPassOn } from "./environment.ts";

const variable = "TASKQ_POOL_SEAT";

/** How the parent of a pool tells a process that it is one of its children, and which. */
export const poolSeat = {
  /** The environment of a child, and what is said beside. */
  give: (seat: number, beside: Environment = {}): Environment => ({
    ...environmentToPassOn(),
    ...beside,
    [variable]: String(seat),
  }),

  /** The seat of this process, if it has one. The variable goes away: what a handler starts is no child of the pool. */
  take(): number | undefined {
    const seat = Number(process.env[variable]);
    delete process.env[variable];
    return seat >= 1 && process.send ? seat : undefined;
  },
} as const;
