import { parentPort, workerData } from "node:worker_threads";
import type { FromThread, ThreadData, ToThread } from "../../runner/isolate/messages.ts";
import { packError } from "../../runner/isolate/packed-error.ts";
import { serveThread } from "./serve-thread.ts";

/** A worker thread of isolated jobs: a small worker process, for the jobs of one domain. */
const post = (message: FromThread) => parentPort!.postMessage(message);

try {
  const hear = await serveThread(workerData as ThreadData, post);
  parentPort!.on("message", (message: ToThread) => hear(message));
  post({ type: "ready" });
} catch (error) {
  post({ type: "unready", error: packError(error) });
}
