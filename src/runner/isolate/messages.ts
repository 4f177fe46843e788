import type { EnqueueOptions, Meta } from "../../definition/enqueue.ts";
import type { Abort } from "../attempt/attempt.ts";
import type { LogLevel } from "../attempt/context.ts";
import type { Leave } from "../attempt/leave.ts";
import type { RunnerEvent } from "../events.ts";
import type { PackedError } from "./packed-error.ts";

/** What a thread is started with. It loads the config and the files of its domain by itself. */
export interface ThreadData {
  readonly file: string | undefined;
  readonly root: string;
  readonly domain: string;
}

/** One job for a thread. It runs one at a time. */
export interface CallMessage {
  readonly type: "call";
  /** From 1, for each thread. */
  readonly call: number;
  readonly job: string;
  readonly queue: string;
  readonly id: string;
  /** As they are stored: the schema's output may not be fit to be sent. */
  readonly args: unknown;
  readonly meta: Meta | undefined;
  readonly attempt: number;
  readonly enqueuedAtMs: number;
  readonly tickMs: number | undefined;
  /** How often the thread says that its loop turns. */
  readonly beatEveryMs: number | undefined;
}

/** What the process says to a thread. */
export type ToThread =
  | CallMessage
  | { readonly type: "abort"; readonly call: number; readonly cause: Abort["cause"]; readonly error: PackedError }
  | { readonly type: "answer"; readonly question: number; readonly value: unknown }
  | { readonly type: "refusal"; readonly question: number; readonly error: PackedError }
  | { readonly type: "close"; readonly budgetMs: number };

/** What a job asks the process for. */
export type Question =
  | { readonly type: "progress"; readonly value: number | object }
  | {
      readonly type: "enqueue";
      readonly job: string;
      /** JSON, as it would be stored. */
      readonly args: string;
      readonly options: EnqueueOptions | undefined;
    };

/** What a running job says. */
export type CallReport =
  /** The result is JSON; undefined where there is none. */
  | { readonly type: "completed"; readonly call: number; readonly result: string | undefined }
  | { readonly type: "failed"; readonly call: number; readonly error: PackedError; readonly leave: Leave | undefined }
  | { readonly type: "beat"; readonly call: number }
  | {
      readonly type: "log";
      readonly call: number;
      readonly job: string;
      readonly id: string;
      readonly level: LogLevel;
      readonly fields: object;
      readonly message: string;
    }
  | { readonly type: "ask"; readonly call: number; readonly question: number; readonly about: Question };

/** What a thread says to the process. */
export type FromThread =
  | CallReport
  | { readonly type: "ready" }
  /** It did not start. */
  | { readonly type: "unready"; readonly error: PackedError }
  /** It must run no other job. */
  | { readonly type: "unfit" }
  | { readonly type: "event"; readonly event: RunnerEvent }
  /** Its shutdown files have run; so many of them failed. */
  | { readonly type: "closed"; readonly failed: number };
