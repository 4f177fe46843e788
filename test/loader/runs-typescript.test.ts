import { expect, test } from "vitest";
import { runsTypeScript } from "../../src/loader/runs-typescript.ts";

test("a process is TypeScript where its main script is, and Node strips types", () => {
  for (const main of ["/app/server.ts", "/app/server.mts", "/app/server.cts"]) {
    expect(runsTypeScript(main, { typescript: "strip" })).toBe(true);
    expect(runsTypeScript(main, { typescript: "transform" })).toBe(true);
    expect(runsTypeScript(main, { typescript: false })).toBe(false);
    expect(runsTypeScript(main, {})).toBe(false);
  }
});

test("a process is not TypeScript by a JavaScript file, a command, or without a main script", () => {
  for (const main of ["/app/server.js", "/app/node_modules/.bin/taskq", undefined]) {
    expect(runsTypeScript(main, { typescript: "strip" })).toBe(false);
  }
});
