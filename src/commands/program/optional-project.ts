import { TaskqError } from "../../errors.ts";
import type { CommandContext, Project } from "./command.ts";

/** The project of this folder; undefined where there is no config, or where the broker alone is to be asked. */
export async function optionalProject(
  { project, flags }: CommandContext,
  stored: boolean | undefined,
): Promise<Project | undefined> {
  if (stored) return undefined;
  try {
    return await project();
  } catch (error) {
    if (error instanceof TaskqError && error.code === "CONFIG_NOT_FOUND" && flags.config === undefined)
      return undefined;
    throw error;
  }
}
