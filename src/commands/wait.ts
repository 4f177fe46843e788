import type { EnqueueOptions } from "../definition/enqueue.ts";
import type { CatalogJob } from "../discovery/catalog.ts";
import { renderSettled } from "../render/settled.ts";
import type { CommandContext } from "./command.ts";

export interface WaitCall {
  readonly job: CatalogJob;
  readonly args: unknown;
  readonly options: EnqueueOptions;
  /** What `--wait` said: how long, or nothing but that it is to wait. */
  readonly wait: string | true;
}

const interruptedCode = 130;

/** `enqueue --wait`: 1 where the job failed. A Ctrl-C ends the waiting alone. */
export async function enqueueAndShow(
  { config, broker, output, interrupted }: CommandContext,
  { job, args, options: { timeout: attemptTimeout, ...options }, wait }: WaitCall,
): Promise<number> {
  const [{ createListener }, { enqueueAndSettle }] = await Promise.all([
    import("../broker/listener.ts"),
    import("../client/wait.ts"),
  ]);
  const signal = interrupted();
  let listener: ReturnType<typeof createListener> | undefined;
  let id: string | undefined;
  const tools = {
    config: await config(),
    broker,
    listener: async () => (listener ??= createListener(await broker())),
  };

  try {
    const said = { ...options, attemptTimeout, signal, timeout: wait === true ? undefined : wait };
    const settled = await enqueueAndSettle(tools, job, args, said, (receipt) => {
      id = receipt.id;
    });
    const { receipt, result, error } = settled;
    const shown = { ...receipt, result, error: error && { code: error.code, message: error.message } };
    output.data(shown, (look) => renderSettled(settled, look.style));
    return error ? 1 : 0;
  } catch (error) {
    if (!signal.aborted || id === undefined) throw error;
    output.note(`no longer waiting for ${job.name} id=${id}: it goes on`);
    return interruptedCode;
  } finally {
    await listener?.close();
  }
}
