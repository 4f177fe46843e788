import type { HealthReport } from "../operate.ts";
import type { Seat } from "./seat.ts";

/** How each process of a pool is, as it last said itself. */
export interface PoolHealth {
  readonly children: readonly {
    readonly seat: number;
    /** `null` while none works in the seat. */
    readonly pid: number | null;
    /** `null` until the first one comes. */
    readonly report: HealthReport | null;
    /** How old the report is: a child whose loop is blocked sends none. */
    readonly ageMs: number | null;
  }[];
}

export function poolHealth(seats: readonly Seat[]): PoolHealth {
  return {
    children: seats.map((seat) => {
      const child = seat.child();
      const last = child?.report();
      return {
        seat: seat.number,
        pid: child?.pid ?? null,
        report: last?.health ?? null,
        ageMs: last ? Math.round(performance.now() - last.atMs) : null,
      };
    }),
  };
}
