import type { Listener } from "../../broker/listen/listener.ts";
import type { Named, Settled } from "../../client/settle.ts";
import type { EnqueueOptions, Receipt } from "../../definition/enqueue.ts";
import type { CatalogJob } from "../../discovery/catalog.ts";
import { exitCodes, TaskqError } from "../../errors.ts";
import type { Style } from "../../render/color.ts";
import { renderSettled } from "../../render/job/settled.ts";
import type { CommandContext } from "../program/command.ts";

/** What `--wait` said: how long, or nothing but that it is to wait. */
export type Wait = string | true;

export interface WaitCall {
  readonly job: CatalogJob;
  readonly args: unknown;
  readonly options: EnqueueOptions;
  readonly wait: Wait;
}

/** What a call that waits is given. */
export interface Waiting<Made> {
  readonly broker: CommandContext["broker"];
  readonly listener: () => Promise<Listener>;
  readonly signal: AbortSignal;
  readonly timeout: string | undefined;
  readonly onReceipt: (receipt: Made) => void;
}

const interruptedCode = 130;

/** `enqueue --wait`: 1 where the job failed. A Ctrl-C ends the waiting alone. */
export async function enqueueAndShow(
  context: CommandContext,
  { job, args, options: { timeout: attemptTimeout, ...options }, wait }: WaitCall,
): Promise<number> {
  const { enqueueAndSettle } = await import("../../client/wait.ts");
  const config = await context.config();
  return waitAndShow<Receipt>(
    context,
    wait,
    ({ broker, listener, onReceipt, ...waiting }) =>
      enqueueAndSettle({ config, broker, listener }, job, args, { ...options, attemptTimeout, ...waiting }, onReceipt),
    renderSettled,
  );
}

/** Shows how a job has ended. */
export async function waitAndShow<Made extends Named>(
  { broker, output, interrupted, flags }: CommandContext,
  wait: Wait,
  settle: (waiting: Waiting<Made>) => Promise<Settled<Made>>,
  render: (settled: Settled<Made>, style: Style) => string,
): Promise<number> {
  const { createListener } = await import("../../broker/listen/listener.ts");
  const signal = interrupted();
  let listening: ReturnType<typeof createListener> | undefined;
  let made: Made | undefined;

  try {
    const { receipt, result, error } = await settle({
      broker,
      listener: async () => (listening ??= createListener(await broker())),
      signal,
      timeout: wait === true ? undefined : wait,
      onReceipt: (receipt) => {
        made = receipt;
      },
    });
    const shown = { ...receipt, result, error: error && { code: error.code, message: error.message } };
    output.data(shown, ({ style }) => render({ receipt, result, error }, style));
    return error ? 1 : 0;
  } catch (error) {
    if (made === undefined) throw error;
    if (signal.aborted) {
      output.problem(`no longer waiting for ${made.job} id=${made.id}: it goes on`);
      return interruptedCode;
    }
    // Whoever reads the document needs its id all the more.
    if (!flags.json || !(error instanceof TaskqError)) throw error;
    output.data({ ...made, result: null, error: { code: error.code, message: error.message } }, () => "");
    return exitCodes[error.code];
  } finally {
    await listening?.close();
  }
}
