export interface Random {
  /** From `least` up to, but without, `most`. */
  readonly between: (least: number, most: number) => number;
  readonly whole: (least: number, most: number) => number;
  /** One of the keys, each as often as its weight says. */
  readonly pick: <Key extends string>(weights: Readonly<Record<Key, number>>) => Key;
}

/** The same numbers for the same seed, on every machine: a run that broke something can be had again. */
export function createRandom(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1; // xorshift never leaves 0

  function next(): number {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  }
  for (let warm = 0; warm < 8; warm++) next(); // small seeds begin alike

  const between = (least: number, most: number) => least + next() * (most - least);
  return {
    between,
    whole: (least, most) => Math.floor(between(least, most)),
    pick(weights) {
      const entries = Object.entries(weights) as [keyof typeof weights, number][];
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [key, weight] of entries) {
        left -= weight;
        if (left < 0) return key;
      }
      return entries.at(-1)![0];
    },
  };
}
