export type { TestEnqueue } from "./service/record-enqueues.ts";
export { runJob, type TestRun, type TestRunOptions } from "./service/run-in-test.ts";
export { type EmptyRun, type RunUntilEmptyOptions, runUntilEmpty } from "./service/run-until-empty.ts";
