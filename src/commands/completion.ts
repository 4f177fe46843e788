import { defineCommand } from "./program/command.ts";
import { globalOptions } from "./program/global-options.ts";

interface Options {
  readonly names: boolean;
}

export default defineCommand<Options>({
  usage: "completion <shell>",
  summary: "Print a script that completes commands, flags and names: bash, zsh or fish",
  choices: ["bash", "zsh", "fish"],
  examples: [
    "taskq completion bash > ~/.local/share/bash-completion/completions/taskq",
    "taskq completion zsh > ~/.zfunc/_taskq",
    "taskq completion fish > ~/.config/fish/completions/taskq.fish",
  ],
  options: [
    { flags: "--no-names", description: "no names of jobs, queues, schedules: Tab loads no file of a project" },
  ],

  async run({ output }, [shell], { names }) {
    const [{ findShell }, { createOutline }, { createTables }, { commands }] = await Promise.all([
      import("../scaffold/completion/shells.ts"),
      import("../scaffold/completion/outline.ts"),
      import("../scaffold/completion/tables.ts"),
      import("./index.ts"),
    ]);
    const render = findShell(shell!);
    const shown = commands.filter(({ isHidden }) => !isHidden);
    const definitions = await Promise.all(shown.map(async ({ load }) => (await load()).default));
    const text = render(createTables(createOutline(definitions, globalOptions)), names);
    output.data({ shell, text }, () => text.trimEnd());
    return 0;
  },
});
