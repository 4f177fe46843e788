import type { StandardSchemaV1 } from "@standard-schema/spec";

/** Whether a value is a Standard Schema: an object or, as arktype's are, a function. */
export function isSchema(value: unknown): value is StandardSchemaV1 {
  const isHolder = (typeof value === "object" && value !== null) || typeof value === "function";
  if (!isHolder || !("~standard" in value)) return false;
  const standard = value["~standard"];
  return typeof Object(standard).validate === "function";
}
