import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test, vi } from "vitest";
import { createFolder, createProject, type Project, taskq } from "../helpers/cli.ts";
import { hasShell, startShell } from "../helpers/shell.ts";
import { hasScript } from "../helpers/terminal.ts";

const bin = fileURLToPath(new URL("../../dist/bin/taskq.js", import.meta.url));
const tasks = `
  console.log("a file of the project may print");
  export async function send() {}
  export async function sendLater() {}
  export async function prune() {}
`;
const scheduled = `
  import { defineSchedule } from "taskq";
  import { prune } from "./tasks.js";
  export const nightly = defineSchedule({ job: prune, cron: "0 3 * * *", name: "nightly" });
`;
const jobs = { "mail/jobs/tasks.js": tasks, "mail/jobs/scheduled.js": scheduled };

/** A project with the script of a shell, and what makes the built command line the word `taskq`. */
async function createScripted(shell: string, ...flags: string[]): Promise<Project> {
  const project = createProject({ jobs });
  const { stdout, code } = await project.taskq("completion", shell, ...flags);
  expect(code).toBe(0);
  writeFileSync(join(project.root, "script"), stdout);
  return project;
}

/** What is left of a machine that is too busy to load the project in time: the shell is asked again. */
const eventually = { timeout: 120_000, interval: 100 };
const run = promisify(execFile);

const cases: [line: string, words: string[]][] = [
  ["taskq enq", ["enqueue"]],
  ["taskq queue e", ["empty"]],
  ["taskq --json stats --w", ["--watch"]],
  ["taskq job list --state fa", ["failed"]],
  ["taskq job list --state failed comp", ["completed"]],
  ["taskq run-worker --log ", ["json", "pretty"]],
  ["taskq run-worker --log=p", ["--log=pretty"]],
  ["taskq completion f", ["fish"]],
  ["taskq generate sys", ["systemd"]],
  ["taskq schedule resume --catch-up o", ["once"]],
  ["taskq zzz", []],
  ["taskq nothing ", []],
];
const named: typeof cases = [
  ["taskq enqueue mail.s", ["mail.send", "mail.sendLater"]],
  ["taskq --config taskq.config.js run mail.p", ["mail.prune"]],
  ["taskq --config ~/taskq.config.js run mail.p", ["mail.prune"]],
  ["taskq queue pause ", ["mail"]],
  ["taskq run-worker --queue m", ["mail"]],
  ["taskq enqueue mail.send --queue=m", ["--queue=mail"]],
  ["taskq schedule run n", ["nightly"]],
];

async function completeInBash({ root }: Project, line: string): Promise<string[]> {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: they are of the shell
  const program = [
    `taskq() { '${process.execPath}' '${bin}' "$@"; }`,
    "source ./script",
    "compopt() { :; }",
    'COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDBREAKS=" "',
    "_taskq",
    'printf "%s\\n" "${COMPREPLY[@]}"',
  ].join("\n");
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: they are of the shell
  const { stdout } = await run("bash", ["--norc", "-c", program, "bash", line], {
    cwd: root,
    env: { ...process.env, HOME: root },
  });
  return stdout.split("\n").filter(Boolean).sort();
}

/** From fish 4 on a `?` is no wildcard; older ones can be told so. */
const completeInFish4 = (project: Project, line: string) => completeInFish(project, line, "--features=qmark-noglob");

async function completeInFish({ root }: Project, line: string, ...flags: string[]): Promise<string[]> {
  const program = [
    `function taskq; '${process.execPath}' '${bin}' $argv; end`,
    "source ./script",
    "complete -C $argv[1]",
  ].join("\n");
  const { stdout } = await run("fish", [...flags, "--no-config", "-c", program, line], {
    cwd: root,
    env: { ...process.env, HOME: root },
  });
  return stdout
    .split("\n")
    .filter(Boolean)
    .map((row) => row.split("\t")[0]!)
    .sort();
}

const scripted = [
  ["bash", "bash", completeInBash],
  ["fish", "fish", completeInFish],
  ["fish", "fish as from 4 on", completeInFish4],
] as const;

for (const [shell, title, complete] of scripted) {
  test.skipIf(!hasShell(shell))(`${title} completes words, flags and fixed values (needs ${shell})`, async () => {
    const project = await createScripted(shell);
    for (const [line, words] of cases) expect(await complete(project, line), line).toEqual(words);
  });

  test.skipIf(!hasShell(shell))(`${title} completes the names of the project (needs ${shell})`, async () => {
    const project = await createScripted(shell);
    for (const [line, words] of named) {
      await vi.waitFor(async () => expect(await complete(project, line), line).toEqual(words), eventually);
    }
  });

  test.skipIf(!hasShell(shell))(`--no-names leaves the project alone in ${title} (needs ${shell})`, async () => {
    const project = await createScripted(shell, "--no-names");
    expect(await complete(project, "taskq enqueue ")).toEqual([]);
    expect(await complete(project, "taskq enq")).toEqual(["enqueue"]);
  });
}

test.skipIf(!hasShell("zsh") || !hasScript)("Tab completes in zsh (needs zsh, and script)", () =>
  completeAtKeyboard("zsh", "zsh -f -i", "autoload -Uz compinit; compinit -u -D; "),
);

test.skipIf(!hasShell("bash") || !hasScript)("Tab completes in bash (needs bash, and script)", () =>
  completeAtKeyboard("bash", "bash --norc --noprofile -i", ""),
);

/** What is completed is run, and says which words it was given. */
async function completeAtKeyboard(shell: string, command: string, before: string): Promise<void> {
  const { root } = await createScripted(shell);
  writeFileSync(
    join(root, "setup"),
    `taskq() {
       case $1 in names) '${process.execPath}' '${bin}' "$@" ;; *) echo "<$*>" ;; esac
     }
     ${before}
     source ./script
     PS1='ask: '`,
  );
  using terminal = startShell(command, root);
  await terminal.type("", /[#$%>] /);
  await terminal.type(". ./setup\n", /ask: /);

  const press = async (keys: string) => {
    const shown = await terminal.type(`${keys}\n`, /\n<.*>[\s\S]*ask: /);
    return /\n<(.*)>/.exec(shown)![1]!.trim();
  };
  expect(await press("taskq enq\t")).toBe("enqueue");
  expect(await press("taskq job list --state fa\t--cou\t")).toBe("job list --state failed --count");
  expect(await press("taskq run-worker --log=p\t")).toBe("run-worker --log=pretty");
  expect(await press("taskq --config taskq.c\tche\t")).toBe("--config taskq.config.js check");
  await vi.waitFor(async () => expect(await press("taskq run mail.p\t")).toBe("run mail.prune"), eventually);
  await vi.waitFor(
    async () => expect(await press("taskq run-worker --queue=m\t")).toBe("run-worker --queue=mail"),
    eventually,
  );
  await vi.waitFor(async () => expect(await press("taskq schedule run n\t")).toBe("schedule run nightly"), eventually);
}

test("names that do not load in time, or at all, are those of the manifest", async () => {
  const project = createProject({ jobs: { "mail/jobs/tasks.js": "export async function send() {}" } });
  await project.taskq("types");
  writeFileSync(join(project.root, "src/app/domain/mail/jobs/tasks.js"), "for (;;);");

  expect(await project.taskq("names", "jobs")).toEqual({ stdout: "mail.send\n", stderr: "", code: 0 });
  writeFileSync(join(project.root, "taskq.config.js"), "throw new Error();");
  expect(await project.json("names", "queues")).toEqual(["mail"]);
});

test("where no project is, there are no names and no complaint", async () => {
  expect(await taskq(["names", "jobs"], { cwd: createFolder() })).toEqual({ stdout: "\n", stderr: "", code: 0 });
});

test.each([
  ["bsh", "Did you mean bash?"],
  ["powershell", "Name one of bash, zsh, fish."],
])("completion %s is refused with one sentence", async (shell, hint) => {
  const { stdout, stderr, code } = await taskq(["completion", shell], { cwd: createFolder() });

  expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  expect(stderr).toContain(`there is no completion for the shell "${shell}"`);
  expect(stderr).toContain(hint);
});
