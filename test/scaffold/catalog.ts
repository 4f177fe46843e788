import { z } from "zod";
import { resolveConfig } from "../../src/config/resolve.ts";
import { defineJob } from "../../src/definition/job.ts";
import type { CatalogJob } from "../../src/discovery/catalog.ts";
import { createCatalog } from "../../src/discovery/create-catalog.ts";

const jobs: CatalogJob[] = [
  {
    name: "reports.render",
    queue: "slow",
    domain: "reports",
    file: "src/app/domain/reports/jobs/tasks/render.mts",
    exported: "default",
    definition: defineJob({ args: z.object({ page: z.number() }), priority: 3, delay: "5m", handler: () => {} }),
  },
  {
    name: "mail.send",
    queue: "mail",
    domain: "mail",
    file: "src/app/domain/mail/jobs/tasks.ts",
    exported: "send",
    definition: defineJob({ args: z.object({ at: z.date() }), attempts: 4, handler: () => {} }),
  },
];

/** Two jobs, not in the order of their names. */
export const catalog = createCatalog({ jobs });

export const configAt = (root: string, prefix?: string) =>
  resolveConfig({ root, env: {}, config: { app: "shop", ...(prefix && { prefix }) } });
