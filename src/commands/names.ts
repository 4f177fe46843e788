import { defineCommand } from "./program/command.ts";

/** Longer than most projects need; whoever has pressed Tab does not wait longer. */
const limitMs = 3_000;

/** What the scripts of `taskq completion` ask. It ends with 0 and says nothing where it knows nothing. */
export default defineCommand({
  usage: "names <kind>",
  summary: "Print the names of the project's jobs, queues or schedules, a line each",
  choices: ["jobs", "queues", "schedules"],
  examples: ["taskq names jobs"],

  async run({ output, flags }, [kind]) {
    const { readNames } = await import("../scaffold/completion/read-names.ts");
    const place = { cwd: process.cwd(), file: flags.config, envFile: flags.envFile };
    const all = await readNames(place, limitMs);
    const known = Object.hasOwn(all, kind!) ? all[kind as keyof typeof all] : [];
    // A line is a name to the shell.
    const names = [...new Set(known)].filter((name) => !/\p{Cc}/u.test(name)).sort();
    output.data(names, () => names.join("\n"));
    return 0;
  },
});
