// A thread that stands in for a project's: it answers each call with what the test asked for.
import { parentPort, threadId, workerData } from "node:worker_threads";

const { domain } = workerData;

parentPort.on("message", (message) => {
  if (message.type === "close") parentPort.postMessage({ type: "closed", failed: domain === "untidy" ? 1 : 0 });
  if (message.type !== "call") return;
  const { call, args } = message;
  if (args.exit) process.exit(args.exit);
  if (args.waits) return; // until it is ended
  parentPort.postMessage({ type: "completed", call, result: JSON.stringify(threadId) });
});

if (domain === "broken") {
  const error = { name: "Error", message: "no database", stack: undefined, code: undefined, hint: undefined };
  parentPort.postMessage({ type: "unready", error });
} else parentPort.postMessage({ type: "ready" });
