import { TaskqError } from "../../errors.ts";

const events = ["unhandledRejection", "uncaughtException"] as const;

/**
 * Does the work, and fails with an error that nobody caught meanwhile, unless somebody else listens for such. Node itself
 * would print all that hangs on the error: on one of a Redis client hangs the command that failed, and AUTH is one.
 */
export async function orUncaught<Result>(work: () => Promise<Result>): Promise<Result> {
  let stop = () => {};
  const uncaught = new Promise<never>((_resolve, reject) => {
    const onUncaught = async (thrown: unknown) => {
      if (events.some((event) => process.listenerCount(event) > 1)) return;
      const { describe } = await import("../../runner/end/describe.ts");
      reject(new TaskqError("UNCAUGHT", `nobody caught an error: ${describe(thrown)}`));
    };
    for (const event of events) process.on(event, onUncaught);
    stop = () => {
      for (const event of events) process.off(event, onUncaught);
    };
  });
  return Promise.race([work(), uncaught]).finally(stop);
}
