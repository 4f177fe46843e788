import { defineConfig } from "taskq";

// The config of the example project in example/. Every key is optional.
export default defineConfig({
  app: "example",
  jobs: ["example/src/app/domain/*/jobs"],
  broker: "embedded", // a private redis-server in .taskq/, for a laptop; in production a URL, or leave it to REDIS_URL
  defaults: { timeout: "1m" },
  queues: {
    reports: { concurrency: 2 },
  },
  redact: ["card"],
  hooks: {
    // Around each attempt: the place for a transaction, a tenant, a trace.
    async aroundJob({ job, log }, next) {
      const startedMs = performance.now();
      await next();
      log.debug({ ms: Math.round(performance.now() - startedMs) }, `${job.name} is done`);
    },
    // When no attempt is left. It may also be a URL to POST to, or a program to start.
    onFailed: ({ job, id, error }) => console.error(`    page somebody: ${job} ${id} has failed: ${error.message}`),
  },
});
