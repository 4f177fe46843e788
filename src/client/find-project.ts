import { TaskqError } from "../errors.ts";
import { importAside } from "../loader/import-aside.ts";
import type { ClientOptions, ClientProject } from "./client.ts";

/** The project as its config and job files declare it. */
export async function findProject(options: ClientOptions): Promise<ClientProject> {
  const aside = await importAside("./discover-project", import.meta.url);
  if (aside === undefined) {
    throw new TaskqError("NO_JOBS", "a bundled app cannot discover jobs", {
      hint: "Run `taskq types` and give the manifest to `createClient({ manifest })`.",
    });
  }
  return (aside as typeof import("./discover-project.ts")).discoverProject(options);
}
