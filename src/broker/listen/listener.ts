import { setMaxListeners } from "node:events";
import type { Broker } from "../broker.ts";
import { type JobEnd, parseResult, readEnd } from "./read-end.ts";
import { createStreams, type Entry } from "./streams.ts";

/** Hears how jobs end, and what runners answer. One connection, opened when first needed. */
export interface Listener {
  /** For runners to answer to. */
  readonly address: string;
  /** Hears every job of a queue that ends after this has resolved. */
  readonly watch: (queue: string) => Promise<Watch>;
  /** Hears every answer that comes after this has resolved. */
  readonly hearAnswers: (onAnswer: OnAnswer) => Promise<void>;
  /** Aborts at `close`: what has not been heard by then never will be. */
  readonly closed: AbortSignal;
  readonly close: () => Promise<void>;
}

type OnAnswer = (request: string, answer: string) => void;

/** The ends of a queue's jobs since it was made. */
export interface Watch {
  /** Resolves when the job has ended; `look` first where it may have before the watch began. */
  readonly end: (key: string, look?: boolean) => Promise<JobEnd>;
  /** Resolves with a runner's answer to a question. */
  readonly answer: (request: string) => Promise<string>;
  readonly close: () => void;
}

interface Ear {
  readonly queue: string;
  /** Whether somebody waits for it, or may yet ask. */
  readonly wants: (key: string) => boolean;
  readonly onEnd: (key: string, end: JobEnd) => void;
  readonly onAnswer: OnAnswer;
  readonly onDoubt: () => void;
}

export function createListener(broker: Broker): Listener {
  const ears = new Set<Ear>();
  const closed = new AbortController();
  setMaxListeners(0, closed.signal); // one a wait
  const hearers = new Set<Pick<Ear, "onAnswer">>();
  const eventsOf = (queue: string) => `${broker.prefix}:${queue}:events`;
  const streams = createStreams(broker, {
    onEntry(key, entry) {
      if (entry.request !== undefined) {
        for (const { onAnswer } of [...ears, ...hearers]) onAnswer(entry.request, entry.answer ?? "");
        return;
      }
      const wanting = [...ears].filter((ear) => eventsOf(ear.queue) === key && ear.wants(entry.jobId ?? ""));
      if (wanting.length > 0) hear(wanting, entry);
    },
    onDoubt() {
      for (const ear of [...ears]) ear.onDoubt();
    },
  });

  function hear(wanting: readonly Ear[], { event, jobId: key = "", returnvalue, failedReason }: Entry): void {
    const tell = (end: JobEnd) => {
      for (const ear of wanting) ear.onEnd(key, end);
    };
    if (event === "completed") tell({ state: "completed", result: parseResult(returnvalue!) });
    if (event === "removed") tell({ state: "gone" });
    if (event !== "failed") return;
    const told: JobEnd = { state: "failed", reason: failedReason ?? "", stack: undefined, cancelled: false };
    // The record says more, unless it is not kept. It is read once, however many want to know.
    void readEnd(broker, wanting[0]!.queue, key).then(
      (end) => tell(end?.state === "failed" ? end : told),
      () => tell(told),
    );
  }

  return {
    address: streams.address,
    async watch(queue) {
      const watch = createWatch(broker, queue);
      ears.add(watch.ear);
      const close = () => {
        ears.delete(watch.ear);
        if (![...ears].some((ear) => ear.queue === queue)) streams.remove(eventsOf(queue));
      };
      try {
        await streams.add(eventsOf(queue));
      } catch (error) {
        close();
        throw error;
      }
      return { end: watch.end, answer: watch.answer, close };
    },
    async hearAnswers(onAnswer) {
      hearers.add({ onAnswer });
      await streams.listen();
    },
    closed: closed.signal,
    async close() {
      closed.abort();
      await streams.close();
    },
  };
}

function createWatch(broker: Broker, queue: string): Omit<Watch, "close"> & { readonly ear: Ear } {
  /** What ended before anyone asked: an end may come before its caller knows the job's id. */
  const early = new Map<string, JobEnd>();
  const waiting = new Map<string, (end: JobEnd) => void>();
  const answers = new Map<string, (answer: string) => void>();
  const missed = new Set<string>();
  let isAsked = false;

  function settle(key: string, end: JobEnd): void {
    waiting.get(key)?.(end);
    waiting.delete(key);
  }

  /** A record that is not there may be one that is not kept, whose end is still on its way: so it is looked for twice. */
  async function look(key: string): Promise<void> {
    const end = await readEnd(broker, queue, key).catch(() => undefined); // the next look tries again
    if (!end) return;
    if (end.state !== "gone" || missed.has(key)) settle(key, end);
    else missed.add(key);
  }

  return {
    ear: {
      queue,
      wants: (key) => waiting.has(key) || !isAsked,
      onEnd(key, end) {
        if (waiting.has(key)) settle(key, end);
        else if (!isAsked) early.set(key, end);
      },
      onAnswer: (request, answer) => answers.get(request)?.(answer),
      onDoubt() {
        for (const key of waiting.keys()) void look(key);
      },
    },
    end(key, lookFirst = false) {
      isAsked = true;
      const known = early.get(key);
      early.clear();
      if (known) return Promise.resolve(known);
      return new Promise((resolve) => {
        waiting.set(key, resolve);
        if (lookFirst) void look(key);
      });
    },
    answer: (request) => new Promise((resolve) => void answers.set(request, resolve)),
  };
}
