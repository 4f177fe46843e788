import { expect, test } from "vitest";
import { resolveConfig } from "../../src/config/resolve.ts";
import { createCatalog } from "../../src/discovery/create-catalog.ts";
import { renderManifest } from "../../src/scaffold/types-manifest.ts";
import { catalog, configAt } from "./catalog.ts";

test("the manifest holds what acts at enqueue, sorted by name, and a schema where the validator can give one", () => {
  expect(JSON.parse(renderManifest(configAt("/srv/shop"), catalog))).toEqual({
    version: 1,
    app: "shop",
    maxArgsSize: 1_048_576,
    jobs: [
      { name: "mail.send", queue: "mail", schema: null },
      {
        name: "reports.render",
        queue: "slow",
        schema: {
          $schema: "https://json-schema.org/draft/2020-12/schema",
          type: "object",
          properties: { page: { type: "number" } },
          required: ["page"],
        },
        priority: 3,
        delay: "5m",
      },
    ],
  });
});

test("what the config says of all jobs or of a queue is in it too", () => {
  const config = resolveConfig({
    root: "/srv/shop",
    config: { app: "shop", maxArgsSize: "2kb", defaults: { priority: 7 }, queues: { slow: { maxArgsSize: 100 } } },
    env: {},
  });

  expect(JSON.parse(renderManifest(config, catalog))).toMatchObject({
    maxArgsSize: 2_048,
    jobs: [
      { name: "mail.send", priority: 7 },
      { name: "reports.render", priority: 3, maxArgsSize: 100 },
    ],
  });
});

test("it is the same text in every folder, ends in a newline, and names a prefix that is not BullMQ's own", () => {
  const here = renderManifest(configAt("/srv/shop", "shop"), catalog);

  expect(here).toBe(renderManifest(configAt("/home/ann/shop", "shop"), catalog));
  expect(here.endsWith("}\n")).toBe(true);
  expect(JSON.parse(here).prefix).toBe("shop");
});

test.each([
  [true, true],
  ["nightly", "nightly"],
  [() => "nightly", null],
])("a unique of %s is told as %s: a function cannot be told", (unique, told) => {
  const [job] = catalog.jobs;
  const jobs = [{ ...job!, definition: { ...job!.definition, unique } }];

  expect(JSON.parse(renderManifest(configAt("/srv/shop"), createCatalog({ jobs }))).jobs[0].unique).toBe(told);
});
