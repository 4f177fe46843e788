import { TaskqError } from "../errors.ts";
import { isLoopback } from "./is-loopback.ts";
import { toAuthority } from "./to-authority.ts";

export interface Door {
  readonly host: string;
  readonly port: number;
  readonly token: string | undefined;
  /** What strangers could do there. */
  readonly danger: string;
  readonly hint: string;
}

/** Throws CONFIG_INVALID for an address beyond loopback that asks for no token. */
export function refuseOpenDoor({ host, port, token, danger, hint }: Door): void {
  if (token !== undefined || isLoopback(host)) return;
  throw new TaskqError(
    "CONFIG_INVALID",
    `http is "${toAuthority(host, port)}", beyond loopback, and there is no token: anyone could ${danger}`,
    { hint },
  );
}
