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
});
