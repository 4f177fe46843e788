import { maskSecrets } from "../definition/mask-url.ts";
import { TaskqError } from "../errors.ts";

/** Asks the broker, and says in our words what went wrong. */
export async function told<Answer>(
  { address }: { readonly address: string },
  ask: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw brokerError(error, address);
  }
}

/** What went wrong with the broker, in words that hold no secret. ioredis errors carry the password in `command`, so they are no cause. */
export function brokerError(error: unknown, address: string): TaskqError {
  if (error instanceof TaskqError && error.message !== "no answer") return error;
  if (error instanceof TypeError || error instanceof RangeError) throw error; // a bug of ours is no broker's
  const { code, message } = { code: "", message: String(error), ...(error as object) } as {
    code: string;
    message: string;
  };
  const text = error instanceof Error ? error.message : message;

  if (/WRONGPASS|invalid (username-)?password|invalid password/i.test(text)) {
    return refused(address, "the password is wrong", "Correct the user and password in the broker's URL.");
  }
  if (/NOAUTH|Authentication required/i.test(text)) {
    return refused(address, "it asks for a password", "Put it into the broker's URL: redis://:password@host.");
  }
  if (error instanceof Error && error.name === "ReplyError") {
    return refused(address, maskSecrets(text), "Mend the server, then try again.");
  }
  return new TaskqError("BROKER_UNREACHABLE", `cannot reach Redis at ${address}: ${reason(code, text)}`, {
    hint: "Start it, or name another with `--broker <url>` or TASKQ_BROKER_URL.",
  });
}

function refused(address: string, why: string, hint: string): TaskqError {
  return new TaskqError("BROKER_REFUSED", `Redis at ${address} refuses: ${why}`, { hint });
}

function reason(code: string, text: string): string {
  if (code === "ECONNREFUSED" || /ECONNREFUSED/.test(text)) return "connection refused";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "no such host";
  if (code === "ENOENT") return "no such socket";
  if (/timed out|timeout|no answer|ETIMEDOUT/i.test(text)) return "it does not answer";
  if (/closed/i.test(text)) return "the connection was closed";
  return maskSecrets(text);
}
