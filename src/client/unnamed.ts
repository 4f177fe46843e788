import { TaskqError } from "../errors.ts";

/** For a job that was given as an object and has no name by which it could be enqueued. */
export function unnamed(isOfManifest: boolean): TaskqError {
  const [what, hint] = isOfManifest
    ? ["has no name that the manifest knows", "Enqueue it by its name, typed by what `taskq types` writes."]
    : ["is not among the discovered ones", "Export it from a tasks file of this project, or enqueue it by its name."];
  return new TaskqError("JOB_UNNAMED", `the job that was given to enqueue ${what}`, { hint });
}
