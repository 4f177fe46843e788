/** Longer than that no timer of Node waits: it would ring at once. */
const longestMs = 2 ** 31 - 1;

/** Calls back after a time; never, where that is endless or some weeks away. For `clearTimeout`. */
export function ringAfter(ms: number, ring: () => void): NodeJS.Timeout | undefined {
  return ms > longestMs ? undefined : setTimeout(ring, ms);
}
