import type { EndHookContext, FailedJob } from "../../definition/hooks.ts";
import { messageOf } from "../../definition/message-of.ts";
import { redactKeys } from "../../definition/redact.ts";
import type { ResolvedConfig } from "../../definition/resolved-config.ts";

type FailedHook = (job: FailedJob, context: EndHookContext) => unknown;

/** The config's `onFailed` as a function, whichever of its three forms it has. */
export function createFailedHook({ hooks: { onFailed }, app, redact, root }: ResolvedConfig): FailedHook | undefined {
  if (onFailed === undefined || typeof onFailed === "function") return onFailed;

  const toBody = ({ error, args, meta, ...job }: FailedJob) =>
    JSON.stringify({
      event: "failed",
      app,
      ...job,
      args: redactKeys(args, redact),
      meta: redactKeys(meta, redact),
      error: { message: messageOf(error) },
      at: new Date().toISOString(),
    });
  if (typeof onFailed === "string") {
    return async (job, { signal }) => (await import("./webhook.ts")).postWebhook(onFailed, toBody(job), signal);
  }
  const { command } = onFailed;
  return async (job, { signal }) => (await import("./command.ts")).runCommand(command, toBody(job), root, signal);
}
