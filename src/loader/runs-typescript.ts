import { extname } from "node:path";

/** Whether a process with this main script is a TypeScript program that Node runs by itself, as in `node app.ts`. */
export function runsTypeScript(main: string | undefined, features: object): boolean {
  const stripsTypes = "typescript" in features && Boolean(features.typescript);
  return stripsTypes && /^\.[mc]?ts$/.test(extname(main ?? ""));
}
