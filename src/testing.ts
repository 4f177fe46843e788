export type { TestEnqueue } from "./service/one-job/record-enqueues.ts";
export { runJob, type TestRun, type TestRunOptions } from "./service/one-job/run-in-test.ts";
export { type EmptyRun, type RunUntilEmptyOptions, runUntilEmpty } from "./service/run-until-empty.ts";
