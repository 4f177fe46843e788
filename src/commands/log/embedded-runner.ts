import { createStyle } from "../../render/color.ts";
import { renderEvent } from "../../render/events/events.ts";
import { eventLevel } from "../../render/events/level.ts";
import { type EmbeddedRunner, embedRunner, type RunnerOptions } from "../../service/embed.ts";

/** What `createRunner` is: without a logger only what goes wrong is told, as a warning of the process. */
export function startEmbeddedRunner(options: RunnerOptions): Promise<EmbeddedRunner> {
  const style = createStyle(false);

  return embedRunner(options, (logger) => (event) => {
    const level = eventLevel(event);
    if (level === "debug") return;
    if (logger) logger[level](event, renderEvent(event, style));
    else if (level !== "info") process.emitWarning(renderEvent(event, style), "TaskqWarning");
  });
}
