import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The name in the nearest package.json that has one, from this folder up: a compiled folder's says only its `type`. */
export function readPackageName(folder: string): string | undefined {
  const name = nameIn(join(folder, "package.json"));
  if (name !== undefined) return name;
  const above = dirname(folder);
  return above === folder ? undefined : readPackageName(above);
}

function nameIn(file: string): string | undefined {
  try {
    const { name } = JSON.parse(readFileSync(file, "utf8"));
    return typeof name === "string" && name !== "" ? name : undefined;
  } catch {
    return undefined; // absent or broken: it names nothing
  }
}
