import { basename } from "node:path";
import type { Hook } from "./catalog.ts";
import type { JobFile } from "./find-job-files.ts";
import type { Problem } from "./problem.ts";

export interface HooksRead {
  readonly hooks: readonly Hook[];
  readonly problems: readonly Problem[];
}

/** The hooks of a startup or shutdown file: every function it exports, once under however many names. */
export function readHooks({ path, domain, kind }: JobFile, exports: Readonly<Record<string, unknown>>): HooksRead {
  const stem = basename(path).replace(/\.[^.]+$/, "");
  const functions = Object.entries(exports).filter(([, value]) => typeof value === "function");
  const hooks = [...new Map(functions.map(([key, value]) => [value, key]))].map(([value, key]) => ({
    name: `${domain}.${key === "default" ? stem : key}`,
    domain,
    file: path,
    run: value as Hook["run"],
  }));
  if (hooks.length > 0) return { hooks, problems: [] };
  return {
    hooks,
    problems: [
      {
        code: "FILE_INVALID",
        message: `exports no function to run at ${kind}`,
        file: path,
        hint: "Export one as the default.",
      },
    ],
  };
}
