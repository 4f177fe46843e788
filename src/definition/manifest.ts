import { TaskqError } from "../errors.ts";
import { checkQueueName } from "./check-queue-name.ts";
import { type Check, checkShape } from "./check-shape.ts";
import { checks } from "./checks.ts";
import type { Duration } from "./duration.ts";

/** One job, as a client needs to know it that has none of the project's code. */
export interface ManifestJob {
  readonly name: string;
  readonly queue: string;
  /** Of what is enqueued; null where the job has no schema, or a validator that cannot describe it. */
  readonly schema: unknown;
  /** Of all layers, where one of them says it. */
  readonly priority?: number;
  readonly delay?: Duration;
  /** Null where it is a function of the args, which JSON cannot hold. */
  readonly unique?: boolean | string | null;
  /** In bytes, where it is not that of the whole manifest. */
  readonly maxArgsSize?: number;
}

/** `taskq-manifest.json`: what `taskq types` writes for `createClient({ manifest })`. */
export interface Manifest {
  readonly version: number;
  readonly app: string;
  /** Where it is not BullMQ's own. */
  readonly prefix?: string;
  readonly maxArgsSize: number;
  /** Sorted by name. */
  readonly jobs: readonly ManifestJob[];
}

/** Of the form that is written now: an older client refuses a newer one instead of guessing. */
export const manifestVersion = 1;

const manifestChecks: Readonly<Record<keyof Manifest, Check>> = {
  version: checks.must(String(manifestVersion), (value) => value === manifestVersion),
  app: checks.text,
  prefix: checks.text,
  maxArgsSize: checks.wholeFrom(1),
  jobs: checkJobs,
};
const jobChecks: Readonly<Record<keyof ManifestJob, Check>> = {
  name: checks.text,
  queue: checkQueueName,
  schema: () => [],
  priority: checks.wholeFrom(0),
  delay: checks.duration,
  maxArgsSize: checks.wholeFrom(1),
  unique: checks.must("true, false, a text or null", (value) => value === null || /^[bs]/.test(typeof value)),
};

/** Throws MANIFEST_INVALID with every problem: the file may be old, or of another program. */
export function checkManifest(manifest: unknown): asserts manifest is Manifest {
  const problems = [
    ...checkShape(manifest, "", manifestChecks).map((line) => line.replace(/^the config /, "it ")),
    ...missing(manifest, "", ["version", "app", "maxArgsSize", "jobs"]),
  ];
  if (problems.length === 0) return;
  throw new TaskqError("MANIFEST_INVALID", `the manifest cannot be used: ${problems.join("; ")}`, {
    hint: "Write it anew with `taskq types`, of the same version of taskq.",
  });
}

function checkJobs(value: unknown, path: string): string[] {
  if (!Array.isArray(value)) return [`${path} must be an array`];
  return value.flatMap((job, index) => {
    const at = `${path}[${index}]`;
    return [...checkShape(job, at, jobChecks), ...missing(job, `${at}.`, ["name", "queue"])];
  });
}

function missing(value: unknown, path: string, keys: readonly string[]): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return keys.filter((key) => Object(value)[key] === undefined).map((key) => `${path}${key} is missing`);
}
