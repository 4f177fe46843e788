import { Chalk } from "chalk";

/** How a text stands out. Each returns its text unchanged where colour is off. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
  /** The colours of text and ground exchanged. */
  readonly inverse: (text: string) => string;
}

/** Whether colour is on is the caller's rule: chalk's own ignores NO_COLOR on a terminal. */
export function createStyle(enabled: boolean): Style {
  const { bold, dim, red, green, yellow, cyan, inverse } = new Chalk({ level: enabled ? 1 : 0 });
  return { bold, dim, red, green, yellow, cyan, inverse };
}
