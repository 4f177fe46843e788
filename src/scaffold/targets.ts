import { nearest } from "../definition/nearest.ts";
import { TaskqError } from "../errors.ts";
import { generateDockerfile } from "./dockerfile.ts";
import type { ShipFacts } from "./facts.ts";
import { generateKubernetes } from "./kubernetes.ts";
import { generateProcfile } from "./procfile.ts";
import type { ShipOptions } from "./read-facts.ts";
import { generateSystemd } from "./systemd.ts";

/** One kind of file that taskq writes, and the options that change it. */
export interface Target {
  readonly generate: (facts: ShipFacts) => string;
  readonly options: readonly (keyof ShipOptions)[];
  /** What to know beside the file. */
  readonly note: string | undefined;
}

const targets: Readonly<Record<string, Target>> = {
  systemd: {
    generate: generateSystemd,
    options: ["name", "user", "directory", "processes"],
    note: undefined,
  },
  procfile: {
    generate: generateProcfile,
    options: ["processes"],
    note: "The line begins with `exec`: without it a shell stands between the signals and the worker, as npx and npm run do.",
  },
  dockerfile: { generate: generateDockerfile, options: ["processes", "http"], note: undefined },
  kubernetes: { generate: generateKubernetes, options: ["name", "processes", "http"], note: undefined },
};

/** The target of that name; refuses options that would change nothing in it. */
export function findTarget(name: string, given: ShipOptions): Target {
  const target = Object.hasOwn(targets, name) ? targets[name]! : undefined;
  if (!target) {
    const near = nearest(name, Object.keys(targets));
    throw new TaskqError("USAGE", `generate makes no "${name}"`, {
      hint: near ? `Did you mean ${near}?` : `Name one of ${Object.keys(targets).join(", ")}.`,
    });
  }
  const idle = (["name", "user", "directory", "processes", "http"] as const).find(
    (option) => given[option] !== undefined && !target.options.includes(option),
  );
  if (!idle) return target;
  throw new TaskqError("USAGE", `--${idle} changes nothing in a ${name} file`, {
    hint: `Leave it out; there ${target.options.length === 1 ? "is" : "are"} ${target.options.map((option) => `--${option}`).join(", ")}.`,
  });
}
