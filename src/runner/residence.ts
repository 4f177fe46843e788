import { readFileSync, readlinkSync } from "node:fs";
import type { Residence } from "../broker/store/owners.ts";

/** Where this process runs; undefined where the system does not tell, as outside Linux. */
export function readResidence(): Residence | undefined {
  const { pid } = process;
  try {
    const bootId = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const pidNamespace = readlinkSync("/proc/self/ns/pid");
    const startTicks = startOf(pid);
    return startTicks === undefined ? undefined : { bootId, pidNamespace, pid, startTicks };
  } catch {
    return undefined;
  }
}

/** Whether a process has certainly ended. Of one that this process cannot see, nothing is certain. */
export function isGone(other: Residence | null, here: Residence | undefined): boolean {
  if (!other || !here || other.bootId !== here.bootId || other.pidNamespace !== here.pidNamespace) return false;
  try {
    const startTicks = startOf(other.pid);
    return startTicks !== undefined && startTicks !== other.startTicks;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}

/** The 22nd field of a process's stat; the second may hold spaces. A zombie has ended, but for its parent. */
function startOf(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" ? "ended" : fields[19];
}
