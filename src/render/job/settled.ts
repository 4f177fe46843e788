import type { Settled } from "../../client/settle.ts";
import type { Style } from "../color.ts";
import { renderError } from "../error.ts";
import { renderJson } from "../json.ts";
import { renderReceipt } from "./receipt.ts";

/** What became of a job that was enqueued and waited for: its receipt, then its result or its error. */
export function renderSettled({ receipt, result, error }: Settled, style: Style): string {
  return `${renderReceipt(receipt, style)}\n${error ? renderError(error, style) : renderJson(result)}`;
}
