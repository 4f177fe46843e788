import type { Command } from "./command.ts";

/** A command as help knows it. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Not for people: neither help, nor the reference, nor a suggestion names it. */
  readonly isHidden?: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: each command has options of its own
  readonly load: () => Promise<{ readonly default: Command<any> }>;
}
