import type { ActReceiptLine, ActTally, JobVerb } from "../../inspect/act-tally.ts";
import type { JobCount } from "../../inspect/count-jobs.ts";
import type { Style } from "../color.ts";
import { escapeText } from "../escape.ts";
import { renderNumber } from "../number.ts";
import { renderCountLines } from "./counts.ts";

const past: Readonly<Record<JobVerb, string>> = {
  retry: "retried",
  cancel: "cancelled",
  promote: "promoted",
  remove: "removed",
};

const count = (value: number) => `${renderNumber(value)} ${value === 1 ? "job" : "jobs"}`;

/** What became of many jobs: how many were changed, and of the others why not. */
export function renderActTally(tally: ActTally, style: Style): string {
  const { verb, matched, done, gone, reasons } = tally;
  const left = matched - done - gone - tally.requested - tally.refused;
  const of = done === matched ? count(done) : `${renderNumber(done)} of ${count(matched)}`;
  return [
    done === matched ? style.green(`${of} ${past[verb]}`) : style.yellow(`${of} ${past[verb]}`),
    ...(gone > 0 ? [`  ${renderNumber(gone)} already gone, or no longer as they were`] : []),
    ...reasons.map(
      ({ kind, reason, count, id }) =>
        `  ${renderNumber(count)} ${kind}: ${escapeText(reason)} (${count === 1 ? "" : "such as "}id=${escapeText(id)})`,
    ),
    ...(left > 0 ? [`  ${renderNumber(left)} not tried: interrupted`] : []),
  ].join("\n");
}

/** How far it is. */
export const renderActProgress = ({ verb, matched, done, gone, refused, requested }: ActTally): string =>
  `${past[verb]} ${renderNumber(done)}, ${renderNumber(done + gone + refused + requested)} of ${renderNumber(matched)} tried`;

/** How many have been looked at, before anything is changed. */
export const renderScanProgress = (seen: number): string => `${renderNumber(seen)} jobs looked at`;

/** Which jobs are meant, before the question. */
export const renderMatched = (counts: readonly JobCount[], width: number): string =>
  renderCountLines(counts, width).join("\n");

export const actQuestion = (verb: JobVerb, matched: number): string => `${verb} ${count(matched)}?`;

/** Which of those that the filter finds are none of them. */
export const renderCancelledLeft = (left: number): string =>
  `${renderNumber(left)} cancelled ${left === 1 ? "job is" : "jobs are"} left out: \`--cancelled\` takes ${left === 1 ? "it" : "them"} too`;

/** What would be done. */
export function renderActPlan(verb: JobVerb, counts: readonly JobCount[], matched: number, width: number): string {
  if (matched === 0) return `no jobs to ${verb}`;
  return [`would ${verb} ${count(matched)}; nothing was changed`, ...renderCountLines(counts, width)].join("\n");
}

/** What became of each of the jobs that were named, a line each. */
export function renderActReceipts(receipts: readonly ActReceiptLine[], style: Style): string {
  return receipts
    .map(({ id, queue, outcome, reason }) => {
      const paint = outcome === "refused" ? style.red : outcome === "gone" ? style.yellow : style.green;
      return `${paint(outcome)} id=${escapeText(id)} queue=${escapeText(queue)}${reason ? `: ${escapeText(reason)}` : ""}`;
    })
    .join("\n");
}
