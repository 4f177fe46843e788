import type { FromThread, Question, ToThread } from "../../runner/isolate/messages.ts";
import { unpackError } from "../../runner/isolate/packed-error.ts";

/** What handlers in this thread have asked the process for. */
export interface Questions {
  readonly ask: (call: number, about: Question) => Promise<unknown>;
  readonly answered: (message: Extract<ToThread, { question: number }>) => void;
}

interface Asked {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export function createQuestions(post: (message: FromThread) => void): Questions {
  const open = new Map<number, Asked>();
  let count = 0;

  return {
    ask: (call, about) =>
      new Promise((resolve, reject) => {
        const question = ++count;
        post({ type: "ask", call, question, about });
        open.set(question, { resolve, reject });
      }),
    answered(message) {
      const asked = open.get(message.question);
      open.delete(message.question);
      if (message.type === "answer") asked?.resolve(message.value);
      else asked?.reject(unpackError(message.error));
    },
  };
}
