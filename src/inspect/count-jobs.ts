/** How many jobs of a name a queue holds in a state. */
export interface JobCount {
  readonly job: string;
  readonly queue: string;
  readonly state: string;
  readonly count: number;
}

/** Adds up rows as they come. */
export interface JobCounter {
  readonly add: (job: Omit<JobCount, "count">) => void;
  /** The most first. */
  readonly counts: () => JobCount[];
  readonly total: () => number;
}

export function createJobCounter(): JobCounter {
  const counts = new Map<string, { -readonly [Key in keyof JobCount]: JobCount[Key] }>();
  let total = 0;
  return {
    add({ job, queue, state }) {
      total++;
      const key = `${state} ${queue} ${job}`;
      const count = counts.get(key);
      if (count) count.count++;
      else counts.set(key, { job, queue, state, count: 1 });
    },
    counts: () => [...counts.values()].sort((a, b) => b.count - a.count || (a.job < b.job ? -1 : 1)),
    total: () => total,
  };
}
