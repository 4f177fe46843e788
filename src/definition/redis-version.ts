const oldest = [6, 2] as const;

export const oldestVersion = oldest.join(".");

/** Whether a server's version is one that BullMQ cannot work with. */
export function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
}
