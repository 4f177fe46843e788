import { join, relative, sep } from "node:path";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Catalog, CatalogJob } from "../discovery/catalog.ts";

/** The text of `taskq-env.d.ts`: each job's args and results by name, as TypeScript derives them from the job's file. */
export function renderDeclarations({ root }: ResolvedConfig, { jobs }: Catalog, folder: string): string {
  const lines = jobs
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(
      (job) =>
        `    ${JSON.stringify(job.name)}: TypedJob<${typeOf(job, (file) => relative(folder, join(root, file)))}>;`,
    );

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
function typeOf({ file, exported, isInline }: CatalogJob, toPath: (file: string) => string): string {
  // What no file exports has a type that nobody can name.
  if (isInline) return 'import("taskq").JobFunction';
  // Every way of resolving finds the .ts by the name of what it compiles to.
  const path = toPath(file)
    .split(sep)
    .join("/")
    .replace(/\.([cm]?)ts$/, ".$1js");
  const specifier = path.startsWith("../") ? path : `./${path}`;
  return `(typeof import(${JSON.stringify(specifier)}))[${JSON.stringify(exported)}]`;
}
