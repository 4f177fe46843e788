import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // More than there are processors: most tests wait, for a signal, a timeout or a process that starts.
    maxWorkers: 4,
    projects: [
      project("unit", ["test/**/*.test.ts"], ["test/cli/**", "test/faults/**", "test/fixtures/**"]),
      project("cli", ["test/cli/**/*.test.ts"]),
      project("faults", ["test/faults/**/*.test.ts"]),
      {
        test: {
          name: "types",
          include: [],
          typecheck: { enabled: true, only: true, checker: "tsc", include: ["test/**/*.test-d.ts"] },
        },
      },
    ],
  },
});

// Generous: a test waits for events of a real broker and of child processes, on machines that may be busy.
function project(name: string, include: string[], exclude: string[] = []) {
  const limits = { testTimeout: 300_000, hookTimeout: 300_000, expect: { poll: { timeout: 90_000 } } };
  return { test: { name, include, exclude, pool: "forks" as const, ...limits } };
}
