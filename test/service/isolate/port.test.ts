import { expect, test } from "vitest";
import type { Attempt } from "../../../src/runner/attempt/attempt.ts";
import { createThreadPort } from "../../../src/service/isolate/port.ts";

const attempt = {} as Attempt;

function open() {
  const asked: object[] = [];
  const port = createThreadPort({
    call: 1,
    questions: { ask: async (_call, question) => void asked.push(question), answered: () => {} },
    nameOf: () => "work.mark",
    post: () => {},
  });
  return {
    asked,
    enqueue: (unique: unknown) => port.enqueue(attempt, "work.mark", { a: 1 }, { unique: unique as string }),
  };
}

test.each([
  ["nothing", () => undefined, "the unique key of work.mark is undefined"],
  ["an empty text", () => "", "the unique key of work.mark is a text of 0 characters"],
  ["true", () => true, "the unique key of work.mark is true (boolean)"],
  [
    "an error",
    () => {
      throw new Error("no page");
    },
    "the `unique` function of work.mark threw: no page",
  ],
])(
  "a unique function in a thread that gives %s is refused, and nothing is enqueued",
  async (_what, unique, message) => {
    const { asked, enqueue } = open();

    await expect(enqueue(unique)).rejects.toMatchObject({ code: "ARGS_INVALID", message });

    expect(asked).toEqual([]);
  },
);

test("the key that a unique function gives is sent in its place", async () => {
  const { asked, enqueue } = open();

  await enqueue(({ a }: { a: number }) => `page-${a}`);

  expect(asked).toEqual([{ type: "enqueue", job: "work.mark", args: '{"a":1}', options: { unique: "page-1" } }]);
});
