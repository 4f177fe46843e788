/** Counts jobs from the first start to the last completion. */
export function createStopwatch(jobs) {
  let first;
  let done = 0;
  let finish;
  const finished = new Promise((resolve) => {
    finish = resolve;
  });

  return {
    started() {
      first ??= { ms: performance.now(), cpu: process.cpuUsage() };
    },
    completed() {
      if (++done < jobs) return;
      const { user, system } = process.cpuUsage(first.cpu);
      finish({ rate: (jobs / (performance.now() - first.ms)) * 1_000, cpuUs: (user + system) / jobs });
    },
    finished,
  };
}
