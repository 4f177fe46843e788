import type { ResolvedConfig } from "../definition/resolved-config.ts";
import { TaskqError } from "../errors.ts";
import type { Loader } from "../loader/loader.ts";
import type { Catalog } from "./catalog.ts";
import { discover } from "./discover.ts";

/** The project's catalog, or what one domain of it needs to run a job. Throws all problems of all files in one error. */
export async function loadCatalog(config: ResolvedConfig, loader: Loader, domain?: string): Promise<Catalog> {
  const { catalog, problems } = await discover(config, loader, domain);
  if (problems.length === 0) return catalog;

  const lines = problems.map(({ file, message }) => (file === undefined ? message : `${file}: ${message}`));
  const [only] = problems;
  if (problems.length === 1) throw new TaskqError(only!.code, lines[0]!, { hint: only!.hint });
  throw new TaskqError(
    "PROJECT_INVALID",
    `${problems.length} problems in the job files:\n${lines.map((line) => `  ${line}`).join("\n")}`,
    {
      hint: "Run `taskq check` to see them all with what to do.",
    },
  );
}
