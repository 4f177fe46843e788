import { expect, test } from "vitest";
import { checkUnique } from "../../src/definition/check-unique.ts";
import { uniqueKeyOf } from "../../src/definition/unique.ts";

test("equal args have one key in whatever order they are written, others another", () => {
  const key = uniqueKeyOf("mail.send", true, { a: 1, b: { c: [1, { d: 2, e: 3 }] } });

  expect(uniqueKeyOf("mail.send", true, { b: { c: [1, { e: 3, d: 2 }] }, a: 1 })).toBe(key);
  expect(uniqueKeyOf("mail.send", true, { a: 1, b: { c: [{ d: 2, e: 3 }, 1] } })).not.toBe(key);
  expect(uniqueKeyOf("mail.sent", true, { a: 1, b: { c: [1, { d: 2, e: 3 }] } })).not.toBe(key);
});

test("a key is the job's own", () => {
  expect(uniqueKeyOf("mail.send", "a", {})).toBe("mail.send:a");
  expect(uniqueKeyOf("mail.send", ({ to }) => to, { to: "ada" })).toBe("mail.send:ada");
});

test("false is no key", () => {
  expect(uniqueKeyOf("mail.send", false, {})).toBeUndefined();
});

test.each([true, false, "key", () => "key"])("%s may be said", (value) => {
  expect(checkUnique(value, "unique")).toEqual([]);
});

test.each([1, "", "x".repeat(513), {}, null])("%j may not", (value) => {
  expect(checkUnique(value, "defaults.unique")[0]).toMatch(/^defaults\.unique must be true, false, a text of 1 to 512/);
});
