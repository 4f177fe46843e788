import type { ShipFacts } from "../../src/scaffold/facts.ts";

/** A compiled project, as docs/systemd/taskq.service has it too. */
export const facts: ShipFacts = {
  name: "shop",
  slug: "shop",
  user: "shop",
  directory: "/srv/shop",
  configFile: "dist/taskq.config.js",
  outputFolder: "dist",
  builds: false,
  packageManager: "npm",
  nodeMajor: 22,
  processes: undefined,
  httpPort: undefined,
  shutdownTimeoutMs: 25_000,
  startupTimeoutMs: 60_000,
};
