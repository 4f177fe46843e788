// Writes docs/reference/commands.md from the command definitions, as they are built. test/docs.test.ts holds the page to them.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const page = new URL("../docs/reference/commands.md", import.meta.url);

/** The page's text, from the entries of the command line and its global options. */
export async function renderCommands(entries, globalOptions) {
  const shown = entries.filter(({ isHidden }) => !isHidden);
  const commands = await Promise.all(shown.map(async ({ load }) => (await load()).default));

  return `${[
    "# Commands",
    "This page is made from the command definitions by `node scripts/write-reference.js`. `taskq <command> --help` says the same.",
    ["| command | what it does |", "| --- | --- |", ...commands.map(toRow)].join("\n"),
    ...commands.map(toSection),
    ["## Global options", "Every command takes them, before or after its name.", toOptions(globalOptions)].join("\n\n"),
    "",
  ]
    .join("\n\n")
    .trimEnd()}\n`;
}

function toRow({ usage, summary }) {
  return `| [\`taskq ${usage}\`](#${toAnchor(usage)}) | ${summary} |`;
}

function toSection({ usage, summary, options = [], examples }) {
  const parts = [
    `## taskq ${nameOf(usage)}`,
    `${summary}.`,
    `\`\`\`sh\ntaskq ${usage}${options.length > 0 ? " [options]" : ""}\n\`\`\``,
    ...(options.length > 0 ? [toOptions(options)] : []),
    `Examples:\n\n\`\`\`sh\n${examples.join("\n")}\n\`\`\``,
  ];
  return parts.join("\n\n");
}

function toOptions(options) {
  const rows = options.map(({ flags, description }) => `| \`${flags}\` | ${description.replaceAll("|", "\\|")} |`);
  return ["| option | what it says |", "| --- | --- |", ...rows].join("\n");
}

/** A command's words, without its arguments. */
export function nameOf(usage) {
  return usage.replace(/ [<[].*$/, "");
}

const toAnchor = (usage) => `taskq-${nameOf(usage).replaceAll(" ", "-")}`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [{ commands }, { globalOptions }] = await Promise.all([
    import("../dist/src/commands/index.js"),
    import("../dist/src/commands/program/global-options.js"),
  ]);
  writeFileSync(page, await renderCommands(commands, globalOptions));
}
