import { type Broker, keepBeside, locationOf, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { createRedis } from "../redis.ts";
import type { CancelMark } from "./cancels.ts";
import { storeKeys } from "./keys.ts";

/** What is said to every runner at once. A runner passes over what it does not know: it may be of a newer release. */
export type Message = CancelMark | OrderNotice;

/** That orders wait in the store for these runners. */
export interface OrderNotice {
  readonly type: "orders";
  readonly runners: readonly string[];
}

export interface Mailbox {
  readonly close: () => void;
}

export interface MailboxOptions {
  readonly onMessage: (message: Message) => void;
  /** From now on nothing is missed: at the start, and whenever the connection is back. */
  readonly onOpen: () => void;
  readonly onRefused: (reason: string) => void;
}

/** Hears what is said to the runners, on a connection of its own. What is said while it is gone is lost: keep it in the store too. */
export async function openMailbox(broker: Broker, { onMessage, onOpen, onRefused }: MailboxOptions): Promise<Mailbox> {
  const { messages } = storeKeys(broker.prefix);
  const redis = await createRedis(locationOf(broker), "endless");
  const part = keepBeside(broker, redis);
  let isOpen = true;

  async function subscribe(): Promise<void> {
    try {
      await redis.subscribe(messages);
      onOpen();
    } catch (error) {
      if (isOpen && (error as Error).name === "ReplyError") onRefused((error as Error).message);
    }
  }

  redis.on("message", (_channel, text: string) => {
    const message = parse(text);
    if (message) onMessage(message);
  });
  await redis.connect().catch(() => {}); // it goes on trying
  await subscribe();
  redis.on("ready", subscribe);

  return {
    close() {
      isOpen = false;
      part();
      redis.disconnect();
    },
  };
}

/** Says something to every runner that listens. */
export async function sendMessage(broker: Broker, message: Message): Promise<void> {
  await told(broker, () => broker[redisOf].publish(storeKeys(broker.prefix).messages, JSON.stringify(message)));
}

/** Whose inbox gets an answer, and to which question it belongs. */
export type Question = Pick<CancelMark, "replyTo" | "request">;

/** Answers whoever asked, if it still listens. */
export async function reply(broker: Broker, { replyTo, request }: Question, answer: string): Promise<void> {
  const inbox = storeKeys(broker.prefix).inbox(replyTo);
  await broker[redisOf].xadd(inbox, "NOMKSTREAM", "MAXLEN", "~", 1_000, "*", "request", request, "answer", answer);
}

function parse(text: string): Message | undefined {
  try {
    const message = JSON.parse(text) as Message;
    return message?.type === "cancel" || message?.type === "orders" ? message : undefined;
  } catch {
    return undefined;
  }
}
