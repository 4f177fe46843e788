import type { Delivery } from "../../broker/worker/delivery.ts";
import type { OnEvent } from "../events.ts";

const largestResult = 1_048_576;
/** What one unit of a string takes in UTF-8. */
const mostBytes = 3;

/** The result, or a marker where it cannot be stored: the work is done and must not be repeated for that. */
export function storable(result: unknown, { queue, job, id }: Delivery, onEvent: OnEvent): unknown {
  if (result === undefined || result === null || typeof result === "number" || typeof result === "boolean")
    return result;

  const reason = whyNot(result);
  if (reason === undefined) return result;
  onEvent({ type: "resultDropped", queue, job, id, reason });
  return { "taskq:resultDropped": reason };
}

function whyNot(result: unknown): string | undefined {
  try {
    const text = typeof result === "string" ? result : JSON.stringify(result);
    if (text === undefined) return `a ${typeof result} cannot be stored as JSON`;
    if (text.length * mostBytes <= largestResult) return undefined;
    const size = Buffer.byteLength(text);
    return size > largestResult ? `${size} bytes are more than the ${largestResult} allowed` : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
