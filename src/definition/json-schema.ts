import type { AnyJob } from "./job.ts";

interface DescribesItself {
  readonly jsonSchema?: { readonly input?: (options: { readonly target: string }) => unknown };
}

/** The JSON schema of what is enqueued for a job, or null where its validator has none to give. */
export function jsonSchemaOf({ args }: AnyJob): Readonly<Record<string, unknown>> | null {
  const standard = args?.["~standard"] as DescribesItself | undefined;
  if (typeof standard?.jsonSchema?.input !== "function") return null;
  try {
    // Validators throw for what JSON schema cannot say, such as a date.
    const schema: unknown = JSON.parse(JSON.stringify(standard.jsonSchema.input({ target: "draft-2020-12" })));
    return typeof schema === "object" ? (schema as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
