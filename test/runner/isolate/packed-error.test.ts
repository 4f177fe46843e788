import { expect, test } from "vitest";
import { TaskqError } from "../../../src/errors.ts";
import { isUnrecoverable } from "../../../src/runner/end/to-error.ts";
import { packError, unpackError } from "../../../src/runner/isolate/packed-error.ts";

const carry = (thrown: unknown) => unpackError(structuredClone(packError(thrown)));

test("an error says the same on the other side: its name, message, stack, code and cause", () => {
  const cause = Object.assign(new RangeError("too far"), { code: 42 });
  const thrown = Object.assign(new TypeError("not a page", { cause }), { code: "E_PAGE" });

  const carried = carry(thrown);

  expect(carried).toBeInstanceOf(Error);
  expect(carried).toMatchObject({ name: "TypeError", message: "not a page", code: "E_PAGE", stack: thrown.stack });
  expect(carried.cause).toMatchObject({ name: "RangeError", message: "too far", code: 42 });
});

test("an error of ours is ours again, with its hint", () => {
  const carried = carry(new TaskqError("ARGS_INVALID", "the args are wrong", { hint: "Correct them." }));

  expect(carried).toBeInstanceOf(TaskqError);
  expect(carried).toMatchObject({ code: "ARGS_INVALID", message: "the args are wrong", hint: "Correct them." });
});

test("one that only looks like ours is none", () => {
  const carried = carry(Object.assign(new Error("x"), { name: "TaskqError", code: "toString" }));

  expect(carried).not.toBeInstanceOf(TaskqError);
});

test("what must not be tried again stays so", () => {
  const bullmqs = Object.assign(new Error("enough"), { name: "UnrecoverableError" });

  expect(isUnrecoverable(carry(new TaskqError("JOB_UNRECOVERABLE", "enough")))).toBe(true);
  expect(isUnrecoverable(carry(bullmqs))).toBe(true);
  expect(isUnrecoverable(carry(new Error("once more")))).toBe(false);
});

test("whatever is thrown can be carried", () => {
  const cyclic: Error = new Error("round");
  cyclic.cause = cyclic;
  const hostile = {
    get code() {
      throw new Error("no");
    },
    message: () => {},
    run: () => {},
  };

  expect(carry(undefined).message).toBe("the handler threw undefined");
  expect(carry("a text").message).toBe("a text");
  expect(carry(hostile)).toBeInstanceOf(Error);
  expect(carry(cyclic).message).toBe("round");
  expect(carry(Object.assign(new Error("odd"), { code: () => {} }))).not.toHaveProperty("code");
});

test("a password in a message does not get through", () => {
  expect(carry(new Error("cannot reach redis://user:s3cret@host")).message).not.toContain("s3cret");
});
