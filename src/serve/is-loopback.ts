import { isIPv4 } from "node:net";

/** Whether a host, with brackets or without, can only be this machine. Other names may be anyone's, whatever they resolve to now. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, "$1").toLowerCase();
  return bare === "localhost" || bare === "::1" || (isIPv4(bare) && bare.startsWith("127."));
}
