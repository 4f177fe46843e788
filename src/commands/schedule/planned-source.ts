import type { Planned } from "../../schedule/planned.ts";
import type { CommandContext } from "../program/command.ts";
import { optionalProject } from "../program/optional-project.ts";

/** The schedules of the project's files; of the broker where there is no config, or where that is asked for. */
export async function loadPlanned(context: CommandContext, stored: boolean): Promise<Planned[]> {
  const { plannedOf, readPlanned } = await import("../../schedule/planned.ts");
  const project = await optionalProject(context, stored);
  return project ? plannedOf(project.catalog) : readPlanned(await context.broker());
}
