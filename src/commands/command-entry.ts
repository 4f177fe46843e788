import type { Command } from "./command.ts";

/** A command as help knows it. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  // biome-ignore lint/suspicious/noExplicitAny: each command has options of its own
  readonly load: () => Promise<{ readonly default: Command<any> }>;
}
