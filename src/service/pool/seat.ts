import type { OnEvent } from "../../runner/events.ts";
import type { Child, ChildEnd } from "./child.ts";
import { planNext } from "./plan-next.ts";

export interface SeatOptions {
  readonly number: number;
  readonly isBurst: boolean;
  readonly launch: (seat: number) => Child;
  readonly onEvent: OnEvent;
  readonly onMistake: (code: number) => void;
}

/** One place in a pool: it always has a process, until its work is done. */
export interface Seat {
  readonly number: number;
  readonly start: () => Child;
  /** The process that works in it, if one does just now. */
  readonly child: () => Child | undefined;
  /** Every living process of it: two, while one replaces the other. */
  readonly living: () => readonly Child[];
  /** Starts a new process, then closes the old one. False where the new one did not start: then the old one stays. */
  readonly replace: (reason: string) => Promise<boolean>;
  /** Nothing is started any more. */
  readonly close: (reason: string) => void;
  /** Resolves with the worst exit code of those that ended at the close, or of the one whose work was done. */
  readonly ended: Promise<number>;
}

export function createSeat({ number, isBurst, launch, onEvent, onMistake }: SeatOptions): Seat {
  const living = new Set<Child>();
  let current: Child | undefined;
  let successor: Child | undefined;
  let timer: NodeJS.Timeout | undefined;
  let deaths = 0;
  let isOver = false;
  let worst = 0;
  let resolve: (code: number) => void;
  const ended = new Promise<number>((settle) => {
    resolve = settle;
  });

  function begin(): Child {
    const child = launch(number);
    living.add(child);
    void child.ended.then((end) => onEnd(child, end));
    void child.recycles.then((does) => does && relieve(child));
    return child;
  }

  function start(): Child {
    current = begin();
    return current;
  }

  /** What a limit has made take no more may run its last jobs for long: another one works meanwhile, but not a third. */
  function relieve(child: Child): void {
    if (child === current && !isOver && living.size === 1) start();
  }

  function onEnd(child: Child, end: ChildEnd): void {
    living.delete(child);
    if (isOver) worst = Math.max(worst, end.exitCode);
    else if (child === current) follow(child, end);
    else tell(child, end, null); // replaced, or it could not replace
    if (isOver && living.size === 0) resolve(worst);
  }

  function follow(child: Child, end: ChildEnd): void {
    current = undefined;
    const next = planNext(end, deaths, isBurst);
    if (next.type === "start") {
      deaths = next.deaths;
      tell(child, end, next.inMs);
      if (!successor) timer = setTimeout(start, next.inMs);
    } else {
      isOver = true;
      worst = next.code;
      if (next.type === "mistake") onMistake(next.code);
    }
  }

  function tell({ pid }: Child, { code, signal, ranMs, hasStarted }: ChildEnd, restartInMs: number | null): void {
    const ran = Math.round(ranMs);
    onEvent({ type: "childEnded", seat: number, pid, code, signal, ranMs: ran, hasStarted, deaths, restartInMs });
  }

  return {
    number,
    start,
    child: () => current,
    living: () => [...living],
    async replace(reason) {
      if (isOver) return true;
      clearTimeout(timer);
      successor = begin();
      const next = successor;
      const hasStarted = await next.started;
      successor = undefined;
      if (isOver) return true;
      if (!hasStarted) {
        if (!current) start(); // the old one ended meanwhile
        return false;
      }
      const old = current;
      current = next;
      old?.close(reason);
      await old?.ended;
      return true;
    },
    close(reason) {
      isOver = true;
      clearTimeout(timer);
      for (const child of living) child.close(reason);
      if (living.size === 0) resolve(worst);
    },
    ended,
  };
}
