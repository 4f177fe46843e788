import type { CommandOption } from "./command.ts";

/** What every command takes. */
export const globalOptions: readonly CommandOption[] = [
  { flags: "--config <file>", description: "the config file (default: taskq.config.* in this folder)" },
  { flags: "--broker <url>", description: "the broker, over config and environment" },
  { flags: "--env-file <file>", description: "read these variables first (default: .env beside the config)" },
  { flags: "--json", description: "print data as JSON" },
  { flags: "--color", description: "colour even where it is no terminal" },
  { flags: "--no-color", description: "no colour" },
  { flags: "--verbose", description: "say more" },
  { flags: "--quiet", description: "say nothing but data and errors" },
];
