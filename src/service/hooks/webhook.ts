import { setTimeout as wait } from "node:timers/promises";
import { TaskqError } from "../../errors.ts";
import { version } from "../version.ts";

/** Why a try failed, and whether another may help. */
interface Refusal {
  readonly reason: string;
  readonly isFinal: boolean;
}

const mostTries = 3;
const firstWaitMs = 1_000;
const tryMs = 10_000;
const mostRedirects = 3;

/** POSTs a JSON text. A host that cannot be reached, or is in trouble, is tried three times; another host is never told. */
export async function postWebhook(url: string, body: string, signal: AbortSignal): Promise<void> {
  for (let tries = 1; ; tries++) {
    const refusal = await post(url, body, signal);
    if (!refusal) return;
    signal.throwIfAborted();
    if (refusal.isFinal || tries === mostTries) {
      // The path of such a URL is often its secret.
      const times = tries === 1 ? "" : ` (tried ${tries} times)`;
      throw new TaskqError("HOOK_FAILED", `POST to ${new URL(url).origin}: ${refusal.reason}${times}`);
    }
    await wait(firstWaitMs * 2 ** (tries - 1), undefined, { signal });
  }
}

async function post(url: string, body: string, signal: AbortSignal): Promise<Refusal | undefined> {
  const headers = { "content-type": "application/json", "user-agent": `taskq/${version}` };
  let to = url;
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const bound = AbortSignal.any([signal, AbortSignal.timeout(tryMs)]);
    const answer = await fetch(to, { method: "POST", redirect: "manual", headers, body, signal: bound }).catch(
      toRefusal,
    );
    if (!("status" in answer)) return answer;
    await answer.body?.cancel().catch(() => {});
    const { status } = answer;
    if (answer.ok) return undefined;

    const location = answer.headers.get("location");
    if (status < 300 || status >= 400 || location === null || !URL.canParse(location, to)) {
      return { reason: `it answered ${status}`, isFinal: status < 500 && status !== 408 && status !== 429 };
    }
    const next = new URL(location, to);
    if (next.origin !== new URL(to).origin) {
      return { reason: `it redirects to ${next.origin}, which is not followed`, isFinal: true };
    }
    to = next.href;
  }
  return { reason: "it redirects again and again", isFinal: true };
}

function toRefusal(error: unknown): Refusal {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  if (name === "TimeoutError") return { reason: `no answer within ${tryMs / 1_000} s`, isFinal: false };
  return { reason: cause?.code ?? "the connection failed", isFinal: false };
}
