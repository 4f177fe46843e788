import { expect, test } from "vitest";
import { toJob } from "../../src/definition/job.ts";
import { createCatalog } from "../../src/discovery/create-catalog.ts";
import { renderDeclarations } from "../../src/scaffold/types-declarations.ts";
import { catalog, configAt } from "./catalog.ts";

test("each job is typed by its file, sorted by name", () => {
  expect(renderDeclarations(configAt("/srv/shop"), catalog, "/srv/shop")).toBe(`\
// Written by \`taskq types\`. Run it again when jobs have changed; \`taskq types --check\` tells in CI.
import type { TypedJob } from "taskq";

declare module "taskq" {
  interface TaskqJobs {
    "mail.send": TypedJob<(typeof import("./src/app/domain/mail/jobs/tasks.js"))["send"]>;
    "reports.render": TypedJob<(typeof import("./src/app/domain/reports/jobs/tasks/render.mjs"))["default"]>;
  }
}
`);
});

test.each([
  ["/srv/shop/src", './app/domain/mail/jobs/tasks.js"'],
  ["/srv/web/types", '../../shop/src/app/domain/mail/jobs/tasks.js"'],
])("the paths start from where the file is written: %s", (folder, path) => {
  const text = renderDeclarations(configAt("/srv/shop"), catalog, folder);

  expect(text).toContain(`import("${path}`);
});

test("a schedule's own handler is no export, so its args are any object", () => {
  const definition = toJob(async function rotate() {});
  const place = { queue: "ops", domain: "ops", file: "src/ops/jobs/scheduled.ts", exported: "rotate" };
  const inline = createCatalog({ jobs: [{ name: "ops.rotate", ...place, isInline: true, definition }] });

  expect(renderDeclarations(configAt("/srv/shop"), inline, "/srv/shop")).toContain(
    '    "ops.rotate": TypedJob<import("taskq").JobFunction>;\n',
  );
});
