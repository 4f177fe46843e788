import type { Broker } from "../broker/broker.ts";
import { type Mailbox, openMailbox } from "../broker/store/messages.ts";
import type { Cancels } from "./cancels.ts";
import type { OnEvent } from "./events.ts";

/** What is said to this process from outside. */
export interface Mail {
  readonly start: () => Promise<void>;
  readonly close: () => void;
}

export interface MailOptions {
  readonly broker: Broker;
  /** Unique in the broker. */
  readonly id: string;
  readonly cancels: Cancels;
  /** An order may wait in the store. */
  readonly onOrder: () => void;
  readonly onEvent: OnEvent;
}

/** Hands each message to whom it concerns. What was said while nobody listened stands in the store, and is read there. */
export function createMail({ broker, id, cancels, onOrder, onEvent }: MailOptions): Mail {
  let mailbox: Mailbox | undefined;
  let isOpen = true;

  return {
    async start() {
      mailbox = await openMailbox(broker, {
        onMessage(message) {
          if (message.type === "cancel") cancels.take(message);
          else if (message.runners.includes(id)) onOrder();
        },
        onOpen() {
          void cancels.look().catch(() => {}); // the next look tries again
          onOrder();
        },
        onRefused: (reason) => onEvent({ type: "warning", message: `messages to this worker come late: ${reason}` }),
      });
      if (!isOpen) mailbox.close();
    },
    close() {
      isOpen = false;
      mailbox?.close();
    },
  };
}
