import type { CrontabPart, CrontabSchedule } from "./read-crontab.ts";
import { shellFunction } from "./shell-function.ts";

/** The text of a scheduled file that runs what a crontab ran; it is the user's from then on. */
export function scheduledFile(parts: readonly CrontabPart[], isTypeScript: boolean): string {
  return `// Written by \`taskq schedule import\` from a crontab; yours from here on.
// Unlike cron, a run is passed over while the one before it goes on (\`overlap: "allow"\` changes that), one that takes
// longer than an hour is ended (\`timeout\`), and what a command prints is in the job's log.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { defineSchedule${isTypeScript ? ", type JobContext" : ""} } from "taskq";

export const scheduledTasks = [
${parts
  .map(toLines)
  .join("\n")
  .replace(/\n{3,}/g, "\n\n")
  .trim()
  .replace(/^(?=\S)/, "  ")}
];

${shellFunction(isTypeScript)}`;
}

function toLines(part: CrontabPart): string {
  if ("blank" in part) return "";
  if ("comment" in part) return `  // ${toComment(part.comment)}`.trimEnd();
  if ("schedule" in part) return toSchedule(part.schedule);
  const { text, reason } = part.notCarried;
  return `  // Not carried over: ${toComment(text)}\n  //   ${toComment(reason)}`;
}

function toSchedule({
  name,
  cron,
  every,
  timezone,
  jitter,
  command,
  input,
  shell,
  folder,
  env,
}: CrontabSchedule): string {
  const options = Object.entries({ input, program: shell, cwd: folder })
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `        ${key}: ${JSON.stringify(value)},`);
  const variables = Object.entries(env).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  if (variables.length > 0) options.push(`        env: { ${variables.join(", ")} },`);
  const call = `      await shell(${JSON.stringify(command)}, context`;
  return [
    "  defineSchedule({",
    ...Object.entries({ cron, every, timezone, jitter }).flatMap(([key, value]) =>
      value === null ? [] : `    ${key}: ${JSON.stringify(value)},`,
    ),
    `    handler: async function ${name}(_args, context) {`,
    ...(options.length > 0 ? [`${call}, {`, ...options, "      });"] : [`${call});`]),
    "    },",
    "  }),",
  ].join("\n");
}

/** On one line, whatever it holds: only its end ends a comment. */
const toComment = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
