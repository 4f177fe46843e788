import { writeFileSync } from "node:fs";
import { TaskqError } from "../errors.ts";

/** Writes a file, and leaves one that is there already alone unless it is forced. `shown` is what people call it. */
export function writeNewFile(file: string, shown: string, text: string, force: boolean): void {
  try {
    writeFileSync(file, text, { flag: force ? "w" : "wx" });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST") {
      throw new TaskqError("USAGE", `${shown} exists already`, {
        hint: "Add --force to overwrite it.",
        cause,
      });
    }
    throw new TaskqError("USAGE", `${shown} cannot be written: ${message}`, {
      hint: "Name a file in a folder that exists and that you may write to.",
      cause,
    });
  }
}
