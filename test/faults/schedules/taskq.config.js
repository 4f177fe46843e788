export default { app: "ticks", concurrency: 50 };
