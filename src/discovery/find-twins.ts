import type { TaskqErrorCode } from "../errors.ts";
import type { Problem } from "./problem.ts";

/** A problem for each thing whose name another one has, naming both files. */
export function findTwins(
  things: readonly { readonly name: string; readonly file: string }[],
  what: string,
  code: TaskqErrorCode,
): Problem[] {
  const first = new Map<string, string>();
  return things.flatMap(({ name, file }) => {
    const twin = first.get(name);
    if (twin === undefined) {
      first.set(name, file);
      return [];
    }
    const where =
      twin === file
        ? `${file} defines the ${what} ${name} twice`
        : `${twin} and ${file} both define the ${what} ${name}`;
    return [{ code, message: where, file: undefined, hint: "Give one of them a `name`." }];
  });
}
