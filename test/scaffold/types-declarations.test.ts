import { expect, test } from "vitest";
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
