import { hostname, userInfo } from "node:os";

/** Who is at this terminal: `ada@laptop`. */
export function readUser(): string {
  const host = hostname();
  try {
    return `${userInfo().username}@${host}`;
  } catch {
    return host; // a container's user may have no name
  }
}
