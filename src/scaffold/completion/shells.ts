import { nearest } from "../../definition/nearest.ts";
import { TaskqError } from "../../errors.ts";
import { renderBash } from "./bash.ts";
import { renderFish } from "./fish.ts";
import type { Tables } from "./tables.ts";
import { renderZsh } from "./zsh.ts";

type RenderScript = (tables: Tables, withNames: boolean) => string;

const shells: Readonly<Record<string, RenderScript>> = { bash: renderBash, zsh: renderZsh, fish: renderFish };

/** What writes the script for the shell of that name. Throws USAGE. */
export function findShell(name: string): RenderScript {
  if (Object.hasOwn(shells, name)) return shells[name]!;
  const near = nearest(name, Object.keys(shells));
  throw new TaskqError("USAGE", `there is no completion for the shell "${name}"`, {
    hint: near ? `Did you mean ${near}?` : `Name one of ${Object.keys(shells).join(", ")}.`,
  });
}
