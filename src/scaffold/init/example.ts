/** The ending of the example's files. */
export type Ending = "ts" | "js" | "mjs";

/** A first config and a first domain, as texts. */
export interface Example {
  readonly config: string;
  readonly tasks: string;
  readonly scheduled: string;
}

/** Needs no package but taskq, and no types of Node. */
export function renderExample(ending: Ending): Example {
  const isTyped = ending === "ts";
  return {
    config: `import { defineConfig } from "taskq";

export default defineConfig({
  // Where Redis is. Without this line: TASKQ_BROKER_URL, else REDIS_URL, else redis://127.0.0.1:6379; but \`taskq dev\` starts
  // a private redis-server, which must be installed, where none of the two is set. "embedded" is that one for every command.
  // broker: "embedded",
});
`,
    tasks: `import { defineJob } from "taskq";

// The job example.greet: <domain>.<export>. Its queue is the domain.
export const greet = defineJob({
  attempts: 3,
  timeout: "30s",
  async handler({ name = "world" }${isTyped ? ": { name?: string }" : ""}, { log }) {
    log.info(\`hello, \${name}\`);
    return \`hello, \${name}\`;
  },
});
`,
    // TypeScript, too, finds a .ts by the name of what it compiles to, whatever its tsconfig says.
    scheduled: `import { defineSchedule } from "taskq";
import { greet } from "./tasks.${isTyped ? "js" : ending}";

// \`taskq run-worker\` enqueues it every minute.
export const greeting = defineSchedule({ job: greet, cron: "* * * * *", args: { name: "every minute" } });
`,
  };
}
