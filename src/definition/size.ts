/** Bytes, or a text such as `512mb` or `1.5gb`. */
export type Size = number | string;

const unitBytes: Readonly<Record<string, number>> = { kb: 1_024, mb: 1_024 ** 2, gb: 1_024 ** 3 };

/** Bytes of a size such as `512mb` or `1.5gb`, or `undefined` where it is none. A number is bytes already. */
export function parseSize(size: unknown): number | undefined {
  if (typeof size === "number") return Number.isSafeInteger(size) && size > 0 ? size : undefined;
  if (typeof size !== "string") return undefined;
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(kb|mb|gb)$/i.exec(size) ?? [];
  return amount === undefined ? undefined : Math.round(Number(amount) * unitBytes[unit!.toLowerCase()]!);
}
