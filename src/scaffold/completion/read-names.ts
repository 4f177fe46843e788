import { readFileSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import type { Manifest } from "../../definition/manifest.ts";
import type { Names, NamesPlace } from "./names.ts";

/**
 * The names in the project's files, without a broker. Where they do not load within the time, those of the manifest that
 * `taskq types` wrote; else none. It never throws: whoever presses Tab wants words, or silence.
 */
export async function readNames(place: NamesPlace, limitMs: number): Promise<Names> {
  return (await discoverWithin(place, limitMs)) ?? readManifest(place);
}

/** In a thread, which can be left alone even where a file of the project blocks it, and whose output goes nowhere. */
function discoverWithin(place: NamesPlace, limitMs: number): Promise<Names | undefined> {
  const entry = new URL(`./names-thread${extname(import.meta.url)}`, import.meta.url);
  const thread = new Worker(entry, { workerData: place, stdout: true, stderr: true, name: "taskq-names" });
  return new Promise((settle) => {
    const late = setTimeout(settle, limitMs, undefined);
    thread.once("message", settle).once("error", () => settle(undefined));
    thread.once("exit", () => {
      clearTimeout(late);
      settle(undefined);
    });
  });
}

function readManifest({ cwd, file }: NamesPlace): Names {
  const folder = file === undefined ? cwd : dirname(resolve(cwd, file));
  try {
    const { jobs } = JSON.parse(readFileSync(join(folder, "taskq-manifest.json"), "utf8")) as Manifest;
    return { jobs: jobs.map(({ name }) => name), queues: jobs.map(({ queue }) => queue), schedules: [] };
  } catch {
    return { jobs: [], queues: [], schedules: [] };
  }
}
