export default { app: "ticks", concurrency: 50, blockedLoopCap: 0 };
