import { type Environment, readEnvironment } from "./environment.ts";

/** Whether the terminal says of itself that it can neither move its cursor nor show colours. */
export const isDumb = (env: Environment = readEnvironment()): boolean => env.TERM === "dumb";
