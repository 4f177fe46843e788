import { join, relative, resolve } from "node:path";
import type { ResolvedConfig } from "../../definition/resolved-config.ts";
import { TaskqError } from "../../errors.ts";

export interface ImportFlags {
  readonly domain?: string;
  readonly write?: string;
}

/** Where a scheduled file is to be written, and what people call that; undefined where it is printed. Throws USAGE. */
export async function importTarget(
  { domain, write }: ImportFlags,
  cwd: string,
  config: () => Promise<ResolvedConfig>,
): Promise<{ readonly file: string; readonly shown: string } | undefined> {
  if (domain !== undefined && write !== undefined) {
    throw new TaskqError("USAGE", "--domain and --write both say where", { hint: "Leave one of them out." });
  }
  if (write !== undefined) return { file: resolve(cwd, write), shown: write };
  if (domain === undefined) return undefined;

  if (!/^\w[\w.-]*$/.test(domain)) throw new TaskqError("USAGE", `--domain "${domain}" is no name of a folder`);
  const { root, jobs } = await config();
  const folder = jobs.find((pattern) => pattern.split("*").length === 2);
  if (folder === undefined) {
    throw new TaskqError("USAGE", `no folder of a domain can be told from ${jobs.join(", ")}`, {
      hint: "Name the file with --write.",
    });
  }
  const file = join(root, folder.replace("*", domain), "scheduled.ts");
  return { file, shown: relative(cwd, file) };
}
