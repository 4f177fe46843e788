import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
// @ts-expect-error plain JavaScript, so that it runs without a build step
import { nameOf, renderCommands } from "../scripts/write-reference.js";
import { commands } from "../src/commands/index.ts";
import { globalOptions } from "../src/commands/program/global-options.ts";
import { sources } from "../src/config/sources.ts";

const read = (page: string) => readFileSync(new URL(`../docs/reference/${page}`, import.meta.url), "utf8");

test("docs/reference/commands.md says what the command definitions say", async () => {
  expect(read("commands.md"), "run `npm run build && node scripts/write-reference.js`").toBe(
    await renderCommands(commands, globalOptions),
  );
});

test.each(commands)("$name is listed with the name and the summary of its definition", async (entry) => {
  const { usage, summary } = (await entry.load()).default;

  expect(entry).toMatchObject({ name: nameOf(usage), summary });
});

test("docs/reference/config.md lists every key of the config with its variable and its flag, and no other", () => {
  const rows = [...read("config.md").matchAll(/^\| `(\w+)` *\|.*?\| *(\S+) *\| *(\S+) *\|$/gm)];
  const documented = Object.fromEntries(rows.map(([, key, env, flag]) => [key, { env, flag }]));

  expect(documented).toEqual(
    Object.fromEntries(
      Object.entries(sources).map(([key, { env, flag }]) => [
        key,
        { env: env ? `\`${env}\`` : "—", flag: flag ? `\`--${toKebab(flag)}\`` : "—" },
      ]),
    ),
  );
});

const toKebab = (key: string) => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
