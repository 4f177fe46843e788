import type { DefinitionSchedule, JobDefinitionDetail, OptionDetail } from "../../inspect/job-definition.ts";
import { renderCount } from "../count.ts";
import { renderWhen } from "../cron.ts";
import { renderDuration } from "../duration.ts";
import { escapeText } from "../escape.ts";
import { renderJsonLine } from "../json.ts";
import { renderTable, type TableOptions } from "../table.ts";

/** A job as it is declared: where it stands, then what holds for it and who says so. */
export function renderJobDefinition(detail: JobDefinitionDetail, { style, width = 80 }: TableOptions): string {
  const { job, file, exported, domain, queue, concurrency, schema, schedules, options } = detail;
  const figures: readonly (readonly [string, string])[] = [
    ["file", `${file} (${exported})`],
    ["domain", domain],
    ["queue", `${queue}, ${renderCount(concurrency, "job")} at once in one process`],
    ["keeps completed", renderKept(detail.keepCompleted)],
    ["keeps failed", renderKept(detail.keepFailed)],
    ["schema", renderSchema(schema)],
    ...schedules.map((schedule) => ["schedule", renderSchedule(schedule)] as const),
  ];
  return [
    style.bold(escapeText(job)),
    ...figures.map(([name, value]) => `  ${name.padEnd(17)}${escapeText(value)}`),
    "",
    renderTable(
      options,
      [
        { title: "OPTION", cell: ({ option }) => option },
        { title: "VALUE", cell: renderValue },
        { title: "SAID BY", cell: ({ from }) => from, paint: (text) => (text === "built in" ? style.dim(text) : text) },
      ],
      { style, width },
    ),
  ].join("\n");
}

function renderValue({ value, valueMs }: OptionDetail): string {
  if (value === null) return "none";
  if (valueMs !== null) return renderDuration(valueMs);
  return typeof value === "string" ? value : renderJsonLine(value);
}

function renderSchema(schema: JobDefinitionDetail["schema"]): string {
  if (schema === null) return "none: any JSON object is taken";
  return schema.json === null ? `${schema.vendor}, which has no JSON schema for it` : schema.vendor;
}

function renderSchedule({ name, options, ...when }: DefinitionSchedule): string {
  const over = options.map((each) => `${each.option} ${renderValue(each)}`).join(", ");
  return `${name}: ${renderWhen(when)}${over ? `; ${over}` : ""}`;
}

function renderKept({ count, ageMs }: JobDefinitionDetail["keepFailed"]): string {
  if (count === 0) return "none";
  return `at most ${renderCount(count, "job")}, for ${renderDuration(ageMs)}`;
}
