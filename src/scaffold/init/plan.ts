import { type Example, renderExample } from "./example.ts";
import type { Setup } from "./read-setup.ts";

/** A file of a new project, and what is to be done about it. */
export interface PlannedFile {
  /** From the project's folder. */
  readonly path: string;
  /** What it will hold; undefined where it is there already and left alone. */
  readonly text: string | undefined;
  /** Whether the text is put at the end of what is there. */
  readonly isAppended?: boolean;
}

/** Decides what is written: nothing that is there in any ending, and no schedule to jobs that are somebody else's. */
export function planInit({ ending, gitignore, present }: Setup, folder: string): PlannedFile[] {
  const example = renderExample(ending);
  const plan = (name: keyof Example, path: string): PlannedFile[] => {
    const known = present.filter((file) => file.replace(/\.[cm]?[jt]s$/, "") === path);
    return known.length > 0
      ? known.map((file) => ({ path: file, text: undefined }))
      : [{ path: `${path}.${ending}`, text: example[name] }];
  };
  const tasks = plan("tasks", `${folder}/tasks`);
  const scheduled = plan("scheduled", `${folder}/scheduled`);
  const isOurs = tasks[0]!.text !== undefined;

  return [
    ...plan("config", "taskq.config"),
    ...tasks,
    ...(isOurs ? scheduled : scheduled.filter(({ text }) => text === undefined)),
    ...planGitignore(gitignore),
  ];
}

/** The embedded broker keeps its data in `.taskq/`. */
function planGitignore(text: string | undefined): PlannedFile[] {
  if (text === undefined) return [];
  if (/^(?:\*\*)?\/?\.taskq\/?\s*$/m.test(text)) return [{ path: ".gitignore", text: undefined }];
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const gap = text === "" || text.endsWith("\n") ? "" : end;
  return [{ path: ".gitignore", text: `${gap}.taskq/${end}`, isAppended: true }];
}
