import { wantsColor } from "../../config/color.ts";
import { isDumb } from "../../config/is-dumb.ts";
import { createStyle } from "../../render/color.ts";
import type { Look } from "./command.ts";

export interface Terminal {
  readonly look: Look;
  readonly isTerminal: boolean;
  /** Whether what is written can be written over. */
  readonly canRedraw: boolean;
  /** What is shown fits so many columns, though the terminal may have fewer. */
  readonly narrowest: number;
}

const narrowest = 80;

/** How to write to a stream: its width, and colour by flag, then NO_COLOR, FORCE_COLOR, TERM, then whether it is a terminal. */
export function createTerminal(stream: NodeJS.WriteStream, flag: boolean | undefined): Terminal {
  const isTerminal = stream.isTTY === true;
  return {
    isTerminal,
    canRedraw: isTerminal && !isDumb(),
    narrowest,
    look: {
      style: createStyle(wantsColor(flag, isTerminal)),
      width: isTerminal ? Math.max(stream.columns, narrowest) : narrowest,
    },
  };
}
