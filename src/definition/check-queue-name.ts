import { showValue } from "./show-value.ts";

/** The problem of a queue's name, as a list of one or none. */
export function checkQueueName(name: unknown, path: string): string[] {
  if (typeof name !== "string" || name.trim() === "") return [`${path} must be a text, not ${showValue(name)}`];
  if (name.includes(":")) return [`${path} must hold no colon, not ${showValue(name)}`];
  // Beside the queues' keys stand taskq's own, under this very name.
  if (name === "taskq") return [`${path} may not be "taskq": the name is taskq's own`];
  return [];
}
