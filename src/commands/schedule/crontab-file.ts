import { readFile } from "node:fs/promises";
import { checkZone } from "../../cron/check-zone.ts";
import { TaskqError } from "../../errors.ts";
import { unreadable } from "../args/file.ts";

/** The text of a crontab, of standard input for `-`. Throws USAGE where it cannot be read, or the zone is none. */
export async function readCrontabFile(
  path: string,
  timezone: string | undefined,
  readStdin: () => Promise<string>,
): Promise<string> {
  const zone = timezone === undefined ? undefined : checkZone(timezone);
  if (zone !== undefined) throw new TaskqError("USAGE", zone);
  if (path === "-") return readStdin();
  return readFile(path, "utf8").catch((error) => {
    throw unreadable(path, error);
  });
}
