import { posix, relative, sep } from "node:path";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Catalog, CatalogJob } from "../discovery/catalog.ts";

/** The text of `taskq-env.d.ts`: each job's args and results by name, as TypeScript derives them from the job's file. */
export function renderDeclarations({ root }: ResolvedConfig, { jobs }: Catalog, folder: string): string {
  const toRoot = relative(folder, root).split(sep).join("/");
  const lines = jobs
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((job) => `    ${JSON.stringify(job.name)}: TypedJob<${typeOf(job, toRoot)}>;`);

  return `${[
    "// Written by `taskq types`. Run it again when jobs have changed; `taskq types --check` tells in CI.",
    'import type { TypedJob } from "taskq";',
    "",
    'declare module "taskq" {',
    "  interface TaskqJobs {",
    ...lines,
    "  }",
    "}",
  ].join("\n")}\n`;
}

/** Types alone: nothing of it is there at run time. */
function typeOf({ file, exported }: CatalogJob, toRoot: string): string {
  const path = posix.join(toRoot, file.replace(/ts$/, "js")); // every resolution finds the .ts by it
  const specifier = path.startsWith("../") ? path : `./${path}`;
  return `(typeof import(${JSON.stringify(specifier)}))[${JSON.stringify(exported)}]`;
}
