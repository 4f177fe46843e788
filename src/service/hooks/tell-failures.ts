import { messageOf } from "../../definition/message-of.ts";
import type { ResolvedConfig } from "../../definition/resolved-config.ts";
import type { OnEvent } from "../../runner/events.ts";

/** The config for calls of `enqueue` inside a worker: there an error of `afterEnqueue` goes to the log as other hooks' do. */
export function tellHookFailures(config: ResolvedConfig, onEvent: OnEvent): ResolvedConfig {
  const { afterEnqueue } = config.hooks;
  if (!afterEnqueue) return config;

  const told: typeof afterEnqueue = async (receipt, call) => {
    try {
      await afterEnqueue(receipt, call);
    } catch (error) {
      const about = `${receipt.job} ${receipt.id}`;
      onEvent({ type: "hookFailed", hook: "afterEnqueue", error: `${about}: ${messageOf(error)}` });
    }
  };
  return { ...config, hooks: { ...config.hooks, afterEnqueue: told } };
}
