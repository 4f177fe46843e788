// Beside defaults only what a fault needs to be provoked.
export default ({ env }) => ({
  app: "faults",
  concurrency: 20,
  traceRejections: env.TRACE_REJECTIONS !== "no",
  abortGrace: env.ABORT_GRACE ?? "5s",
});
