import { maskSecrets } from "../definition/mask-url.ts";
import { TaskqError } from "../errors.ts";
import { refusalOf } from "./refusal.ts";
import { tlsRefusals, tlsTroubles, type Words } from "./tls-words.ts";

/** Asks the broker, and says in our words what went wrong with it. BullMQ's own answers, which have numbers, are no fault of it. */
export async function told<Answer>(
  { address }: { readonly address: string },
  ask: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (typeof Object(error).code === "number") throw error;
    throw brokerError(error, address);
  }
}

/** What went wrong with the broker, in words that hold no secret. ioredis errors carry the password in `command`, so they are no cause. */
export function brokerError(error: unknown, address: string): TaskqError {
  if (error instanceof TaskqError && error.message !== "no answer") return error;
  if (error instanceof TypeError || error instanceof RangeError) throw error; // a bug of ours is no broker's
  const { code = "", message = String(error) } = Object(error) as { code?: string; message?: string };
  const isReply = error instanceof Error && error.name === "ReplyError";

  const known = refusals.find(([sign]) => sign.test(message));
  if (known || isReply) {
    const [, why, hint = "Mend the server, then try again."] = known ?? [];
    const said = why ?? refusalOf(error) ?? maskSecrets(message);
    return new TaskqError("BROKER_REFUSED", `Redis at ${address} refuses: ${said}`, { hint });
  }
  const [, why, hint] = troubles.find(([sign]) => sign.test(`${code} ${message}`)) ?? [];
  return new TaskqError("BROKER_UNREACHABLE", `cannot reach Redis at ${address}: ${why ?? maskSecrets(message)}`, {
    hint: hint ?? hintFor(address, why),
  });
}

const permissions = "Give its user the permissions that docs/security.md lists.";

/** It answers, and says no; without words of ours its own are shown. */
const refusals: Words = [
  [
    /WRONGPASS|invalid (?:username-)?password/i,
    "the password is wrong",
    "Correct the user and password in the broker's URL.",
  ],
  [/NOAUTH|Authentication required/i, "it asks for a password", "Put a user and its password into the broker's URL."],
  [/^NOPERM/, undefined, permissions],
  [
    /The user executing the script can't/,
    "NOPERM this user may not run a command of a script, or use its keys",
    permissions,
  ],
  [/^READONLY/, "it is a replica, which takes no writes", "Name the primary in the broker's URL."],
  [/^OOM/, "its memory is full", "Raise its maxmemory, or remove jobs, then try again."],
  [/^LOADING/, "it is still loading its data", "Try again when it is done."],
  [
    /^WRONGTYPE/,
    "under a key of the queue stands something else",
    "Choose another prefix, or remove what another program put there.",
  ],
  ...tlsRefusals,
];

/** It does not answer, or not as Redis does. */
const troubles: Words = [
  [
    /sentinels are unreachable .* disabled\.$|No such master/,
    "its sentinels know no such primary",
    "Correct `master` in the broker's URL.",
  ],
  [/ECONNREFUSED/, "connection refused"],
  [/ENOTFOUND|EAI_AGAIN/, "no such host"],
  [/^ENOENT/, "no such socket"],
  [/^EACCES/, "this user may not open the socket"],
  ...tlsTroubles,
  [/RESP type/, "what answers there is no Redis"],
  [/timed out|timeout|no answer|ETIMEDOUT/i, "it does not answer"],
  [/closed|ECONNRESET|EPIPE|isn't writeable/i, "the connection was closed"],
];

/** Where one side speaks TLS and the other does not, the plain server is silent, and the other one closes. */
function hintFor(address: string, why: string | undefined): string {
  if (why === "it does not answer" && address.startsWith("rediss:"))
    return "If it speaks no TLS there, write redis://.";
  if (why === "the connection was closed" && address.startsWith("redis:"))
    return "If it speaks TLS there, write rediss://.";
  return "Start it, or name another with `--broker <url>` or TASKQ_BROKER_URL.";
}
