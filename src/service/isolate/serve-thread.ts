import { loadConfig } from "../../config/load.ts";
import { loadCatalog } from "../../discovery/load-catalog.ts";
import { createLoader } from "../../loader/loader.ts";
import { describe } from "../../runner/end/describe.ts";
import type { OnEvent } from "../../runner/events.ts";
import type { FromThread, ThreadData, ToThread } from "../../runner/isolate/messages.ts";
import { closeProject, openProject } from "../project.ts";
import { createCalls } from "./calls.ts";
import { createNameOf } from "./name-of.ts";
import { createQuestions } from "./questions.ts";

/** Loads the config and the files of the domain, runs its startup files, and returns what hears the process. */
export async function serveThread(
  { file, root, domain }: ThreadData,
  post: (message: FromThread) => void,
): Promise<(message: ToThread) => void> {
  const onEvent: OnEvent = (event) => post({ type: "event", event });
  // The variables of the process are here already, those of its env file too.
  const config = await loadConfig({ cwd: root, file, envFile: null });
  const loader = createLoader(config.root);
  const catalog = await loadCatalog(config, loader, domain);
  const opened = await openProject(config, catalog, new Set([domain]), onEvent);
  const questions = createQuestions(post);
  const nameOf = createNameOf(catalog, () => loadCatalog(config, loader));
  const calls = createCalls({ config, catalog, state: opened.state, questions, nameOf, post });

  function onStray(thrown: unknown): void {
    const warn = (message: string) => onEvent({ type: "warning", message });
    post({ type: "unfit" }); // what left it may go on
    if (!calls.failOwner(thrown, warn)) warn(`nobody caught an error in a thread of ${domain}: ${describe(thrown)}`);
  }
  process.on("unhandledRejection", onStray).on("uncaughtException", onStray);

  return (message) => {
    if (message.type === "call") void calls.run(message);
    else if (message.type === "abort") calls.abort(message);
    else if (message.type === "close") {
      closeProject(catalog, opened, message.budgetMs, onEvent).then((failed) => post({ type: "closed", failed }));
    } else questions.answered(message);
  };
}
