const unitBytes: Readonly<Record<string, number>> = { kb: 1_024, mb: 1_024 ** 2, gb: 1_024 ** 3 };

/** Bytes of a size such as `512mb` or `1.5gb`, or `undefined` where it is none. */
export function parseSize(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(kb|mb|gb)$/i.exec(text) ?? [];
  return amount === undefined ? undefined : Math.round(Number(amount) * unitBytes[unit!.toLowerCase()]!);
}
