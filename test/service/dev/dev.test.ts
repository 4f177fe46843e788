import { expect, test } from "vitest";
import { createDev } from "../../../src/service/dev/dev.ts";

const create = () =>
  createDev({
    launch: () => {
      throw new Error("launched");
    },
    onEvent: () => {},
  });

test.for(["close", "kill"] as const)("a %s that comes before the start leaves nothing to launch", async (what) => {
  const dev = create();
  dev[what]("SIGINT");
  dev.start();

  expect(await dev.ended).toBe(0);
});

test.for(["close", "kill"] as const)("a %s that comes before the start does not wait for it", async (what) => {
  const dev = create();
  dev[what]("SIGINT");

  expect(await dev.ended).toBe(0);
});
