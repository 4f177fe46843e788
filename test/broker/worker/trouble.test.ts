import { expect, test } from "vitest";
import { createTrouble } from "../../../src/broker/worker/trouble.ts";

test("a worker rests after a refusal, longer each time, and is well when nothing is refused any more", async () => {
  const told: string[] = [];
  let again = () => {};
  const well = new Promise<void>((resolve) => {
    const trouble = createTrouble({
      rest: () => told.push("rest"),
      work: () => {
        told.push("work");
        again();
      },
      onRefused: (reason) => told.push(reason),
      onAccepted: () => {
        told.push("well");
        resolve();
      },
    });
    again = () => {
      again = () => {};
      trouble.refused("OOM"); // the first thing it tries is refused again
    };
    trouble.refused("OOM");
    trouble.refused("OOM"); // others of the same moment say nothing new
  });

  await well;
  expect(told).toEqual(["OOM", "rest", "work", "rest", "work", "well"]);
});
