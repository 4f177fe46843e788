import { expect, test } from "vitest";
import { renderTypesFiles } from "../../src/render/types-files.ts";
import { plain } from "./style.ts";

test("each file has a line, and one that is not up to date says what to do", () => {
  const file = "taskq-env.d.ts";
  const states = ["written", "unchanged", "stale", "missing"] as const;

  expect(
    renderTypesFiles(
      states.map((state) => ({ file, state })),
      plain,
    ),
  ).toBe(`\
taskq-env.d.ts is written
taskq-env.d.ts is up to date
taskq-env.d.ts differs from the jobs: run \`taskq types\`
taskq-env.d.ts is missing: run \`taskq types\``);
});
