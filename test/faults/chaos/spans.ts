import type { Span } from "./evidence.ts";

/** Two outages so close together are one: no timer of a second has a chance between them. */
const togetherMs = 1_000;

/** How much of `within` any of the spans covers. */
export function awayMs(spans: readonly Span[], within: Span): number {
  return merge(clip(spans, within), 0).reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
}

/** The longest stretch within which a process was stopped, with the absences of Redis that adjoin it. */
export function longestStopMs(stops: readonly Span[], redisAway: readonly Span[], within: Span): number {
  const inside = clip(stops, within);
  const stretches = merge(clip([...stops, ...redisAway], within), togetherMs).filter(({ fromMs, toMs }) =>
    inside.some((stop) => stop.fromMs >= fromMs && stop.toMs <= toMs),
  );
  return Math.max(0, ...stretches.map(({ fromMs, toMs }) => toMs - fromMs));
}

function clip(spans: readonly Span[], within: Span): Span[] {
  return spans
    .map(({ fromMs, toMs }) => ({ fromMs: Math.max(fromMs, within.fromMs), toMs: Math.min(toMs, within.toMs) }))
    .filter(({ fromMs, toMs }) => fromMs < toMs);
}

function merge(spans: readonly Span[], gapMs: number): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = merged.at(-1);
    if (last && span.fromMs <= last.toMs + gapMs)
      merged[merged.length - 1] = { ...last, toMs: Math.max(last.toMs, span.toMs) };
    else merged.push(span);
  }
  return merged;
}
