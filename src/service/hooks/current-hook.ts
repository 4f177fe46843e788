import { AsyncLocalStorage } from "node:async_hooks";

/** Hears of an error that a hook left behind. */
export type OnStray = (thrown: unknown) => void;

const current = new AsyncLocalStorage<OnStray>();

/** Runs a hook so that what it starts knows whose it is, as `runAs` does it for handlers. */
export const runHookAs = <Result>(onStray: OnStray, run: () => Result): Result => current.run(onStray, run);

/** For an error that nobody caught, where it arose: tells it of the hook that it belongs to. False where there is none. */
export function tellHook(thrown: unknown): boolean {
  const onStray = current.getStore();
  onStray?.(thrown);
  return onStray !== undefined;
}
