import type { Order } from "../../broker/store/orders.ts";
import { renderCount } from "../../render/count.ts";
import { renderOrderReceipts } from "../../render/worker/order-receipts.ts";
import { type Command, defineCommand } from "../program/command.ts";
import { confirm } from "../program/confirm.ts";

export interface OrderFlags {
  readonly all?: boolean;
  readonly yes?: boolean;
}

/** A command that asks something of worker processes: `worker quiet`, `worker resume`, `worker stop`. */
export function workerOrder(type: Order["type"], summary: string): Command<OrderFlags> {
  return defineCommand<OrderFlags>({
    usage: `worker ${type} [name...]`,
    summary,
    examples: [`taskq worker ${type} web-1`, `taskq worker ${type} 'web-*' --json`, `taskq worker ${type} --all --yes`],
    options: [
      { flags: "--all", description: "every live worker; asks first" },
      { flags: "--yes", description: "do not ask" },
    ],

    async run({ broker, output, ask }, names, { all, yes }) {
      const [{ selectWorkers }, { orderWorkers }, { readUser }] = await Promise.all([
        import("../../client/select-workers.ts"),
        import("../../client/order-workers.ts"),
        import("../../client/read-user.ts"),
      ]);
      const opened = await broker();
      const workers = await selectWorkers(opened, names, all);
      const isSure = yes || !all || workers.length === 0;
      const isMeant = await confirm({ ask, output }, `${type} ${renderCount(workers.length, "worker")}?`, isSure);
      const receipts = await orderWorkers(opened, isMeant ? workers : [], { type, by: readUser() });
      output.data(receipts, ({ style }) => renderOrderReceipts(receipts, style));
      return 0;
    },
  });
}
