import { realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";

/**
 * Imports a file as Node itself does: it is the very module that the process has. Undefined where Node refused it, or what it imports,
 * before any of it ran. What is thrown later is an error of its own, and to load it in another way would run it twice.
 */
export async function importNatively(file: string): Promise<Record<string, unknown> | undefined> {
  const { href } = pathToFileURL(file);
  // Node reads and links everything that is imported before it runs anything. What runs first here notes that it came to that.
  const note = asModule(`(globalThis[Symbol.for("${key}")] ??= new Set()).add(${JSON.stringify(href)});`);
  try {
    return (await import(asModule(`import "${note}"; export * as exports from ${JSON.stringify(href)};`))).exports;
  } catch (error) {
    if (hasBegun(href) && !isRefusedAsCommon(file, error)) throw error;
    return undefined;
  }
}

const key = "taskq.begun";

const asModule = (text: string) => `data:text/javascript,${encodeURIComponent(text)}`;

/** Noted for good: Node throws the same error again for a file that failed. */
const hasBegun = (href: string) =>
  (globalThis as { [key: symbol]: Set<string> | undefined })[Symbol.for(key)]?.has(href) ?? false;

/** CommonJS is read only when it is its turn to run. What cannot be read then has its place in the file at the head of the stack. */
const isRefusedAsCommon = (file: string, error: unknown) =>
  error instanceof SyntaxError && error.stack?.startsWith(`${realpathSync(file)}:`) === true;
