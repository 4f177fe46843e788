import { hostname } from "node:os";

/** What people call a process of a pool: `shop-1` in the seat 1 of `shop`, `<host>-<pid>` where the pool has no name. */
export function memberName(pool: string | undefined, seat: number | undefined): string {
  if (pool === undefined) return `${hostname()}-${process.pid}`;
  return seat === undefined ? pool : `${pool}-${seat}`;
}
