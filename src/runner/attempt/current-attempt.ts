import { AsyncLocalStorage } from "node:async_hooks";
import type { Attempt } from "./attempt.ts";

const current = new AsyncLocalStorage<Attempt>();

/** Runs a handler so that whatever it starts knows whose it is: its timers, its promises, its events. */
export const runAs = <Result>(attempt: Attempt, run: () => Result): Result => current.run(attempt, run);

/** The attempt in whose handler this happens, if in one. */
export const currentAttempt = (): Attempt | undefined => current.getStore();
