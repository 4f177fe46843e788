import { TaskqError } from "../errors.ts";
import type { Planned } from "../schedule/planned.ts";
import type { CommandContext } from "./command.ts";

/** The schedules of the project's files; of the broker where there is no config, or where that is asked for. */
export async function loadPlanned(context: CommandContext, stored: boolean): Promise<Planned[]> {
  const { plannedOf, readPlanned } = await import("../schedule/planned.ts");
  const project = stored ? undefined : await context.project().catch((error) => noConfig(error, context));
  return project ? plannedOf(project.catalog) : readPlanned(await context.broker());
}

function noConfig(error: unknown, { flags }: CommandContext): undefined {
  if (error instanceof TaskqError && error.code === "CONFIG_NOT_FOUND" && flags.config === undefined) return undefined;
  throw error;
}
