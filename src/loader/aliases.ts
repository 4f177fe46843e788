import { existsSync } from "node:fs";
import { join } from "node:path";
import { createPathsMatcher, getTsconfig } from "get-tsconfig";

export interface Aliases {
  readonly alias: Record<string, string>;
  /** Where the aliases cannot say all of it: the tsconfig that jiti has to match each import against, which is slower. */
  readonly tsconfig: string | false;
}

/** What the `paths` of the project's tsconfig.json mean, as prefixes where they are no more than that. */
export function readAliases(root: string): Aliases {
  const tsconfig = getTsconfig(root);
  const { paths, baseUrl } = tsconfig?.config.compilerOptions ?? {};
  if (!tsconfig || (!paths && !baseUrl)) return { alias: {}, tsconfig: false };
  const match = createPathsMatcher(tsconfig);
  const entries = Object.entries(paths ?? {});
  const isPlain = entries.every(([key, targets]) => isPlainPrefix(key, targets, root));
  if (!match || baseUrl !== undefined || !isPlain) return { alias: {}, tsconfig: tsconfig.path };

  // The matcher, not the text, says where a target is: `paths` may come from a file that this one extends.
  const alias = entries.map(([key]) => [key.slice(0, -1), match(key.replace("*", "x"))[0]!.slice(0, -1)]);
  return { alias: Object.fromEntries(alias), tsconfig: false };
}

/** `@/*` to one folder. A prefix that is installed too is none: what the folder lacks must be found in the package. */
function isPlainPrefix(key: string, targets: readonly string[], root: string): boolean {
  const isPrefix = /^[^*]+\/\*$/.test(key) && targets.length === 1 && /^[^*]+\/\*$/.test(targets[0]!);
  return isPrefix && !existsSync(join(root, "node_modules", key.slice(0, -2)));
}
