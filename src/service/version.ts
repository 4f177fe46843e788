import { createRequire } from "node:module";

// By the package's own name, since this file lies at another depth once it is built.
/** taskq's own version. */
export const { version } = createRequire(import.meta.url)("taskq/package.json") as { readonly version: string };
