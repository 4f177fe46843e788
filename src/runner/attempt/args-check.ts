import type { Delivery } from "../../broker/worker/delivery.ts";
import { checkArgs } from "../../definition/check-args.ts";
import type { CatalogJob } from "../../discovery/catalog.ts";
import { TaskqError } from "../../errors.ts";

/** What makes of a job's args what its handler gets. */
export interface ArgsCheck {
  readonly run: () => Promise<unknown>;
  /** What the schema had against them, where they did not fit; not that the schema itself failed, for it may ask a database. */
  readonly unfit: () => TaskqError | undefined;
}

/** Undefined where there is nothing to check, as with most jobs. */
export function createArgsCheck({ name, definition }: CatalogJob, delivery: Delivery): ArgsCheck | undefined {
  const wasBack = delivery.uncounted > 0; // some worker may have put it off, not knowing it
  if (definition.args === undefined && !wasBack) return undefined;
  let unfit: TaskqError | undefined;

  return {
    async run() {
      const args = await checkArgs(name, definition, delivery.args).catch((error: unknown) => {
        if (error instanceof TaskqError) unfit = error;
        throw error;
      });
      if (wasBack) delivery.forgetUnknown().catch(() => {});
      return args;
    },
    unfit: () => unfit,
  };
}
