import { renderDuration } from "./duration.ts";
import { renderNumber } from "./number.ts";

/** `10 in 1 s`. */
export const renderRateLimit = ({ max, perMs }: { readonly max: number; readonly perMs: number }): string =>
  `${renderNumber(max)} in ${renderDuration(perMs)}`;
