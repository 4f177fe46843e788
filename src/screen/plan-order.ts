import type { Order, Row, Verb } from "./state.ts";

/** What a key does to a thing, whether that has to be said twice, or why it does nothing. */
export type OrderPlan = { readonly order: Order; readonly isAsked: boolean } | { readonly hint: string } | undefined;

const waiting: readonly string[] = ["waiting", "prioritized", "delayed"];

/** What a typed character asks of a thing. `state` is the job's latest, where it is opened. */
export function planOrder(key: string, row: Row, state?: string): OrderPlan {
  const asks = (verb: Verb): OrderPlan => ({ order: { verb, row }, isAsked: true });
  const does = (verb: Verb): OrderPlan => ({ order: { verb, row }, isAsked: false });
  const when = (is: boolean, plan: OrderPlan, hint: string): OrderPlan => (is ? plan : { hint });

  switch (row.kind) {
    case "job": {
      const now = state ?? row.job.state;
      if (key === "r") return when(now === "failed", does("retry"), "only a failed job can be retried");
      if (key === "n") return when(now === "delayed", does("promote"), "only a delayed job can be promoted");
      if (key === "X") return when(now !== "active", asks("remove"), "a job that runs cannot be removed: C cancels it");
      if (key === "C")
        return when(now === "active" || waiting.includes(now), asks("cancel"), "the job has ended already");
      return hintOf(key, { c: "C", x: "X" });
    }
    case "queue":
      return key === "p" ? does(row.queue.paused ? "resume" : "pause") : undefined;
    case "schedule":
      if (key === "p") return does(row.schedule.paused ? "resume" : "pause");
      return key === "n" || key === "R" ? asks("run") : hintOf(key, { r: "R" });
    case "worker":
      if (key === "p") return does(row.worker.state === "quiet" ? "resume" : "quiet");
      return key === "S" ? asks("stop") : hintOf(key, { s: "S" });
  }
}

/** The small letter of a key that destroys does nothing, and says so. */
function hintOf(key: string, large: Readonly<Record<string, string>>): OrderPlan {
  const meant = large[key];
  return meant === undefined ? undefined : { hint: `the key is ${meant}, upper case` };
}
