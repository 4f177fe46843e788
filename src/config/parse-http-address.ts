import type { HttpAddress } from "../definition/resolved-config.ts";

const form = /^(?:(\[[0-9a-f:.]+\]|[^\s:/@[\]]+):)?(\d{1,5})$/i;

/** `7433`, `127.0.0.1:7433` or `[::1]:7433` as host and port; `undefined` for anything else. */
export function parseHttpAddress(value: unknown): HttpAddress | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const [, host = "127.0.0.1", port] = form.exec(String(value)) ?? [];
  if (port === undefined || Number(port) > 65_535) return undefined;
  return Object.freeze({ host: host.replace(/[[\]]/g, ""), port: Number(port) });
}
