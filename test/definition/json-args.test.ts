import { expect, test } from "vitest";
import { checkJsonArgs, checkMeta } from "../../src/definition/json-args.ts";

const check = (args: unknown) => checkJsonArgs(args, 1_000_000);
const of = (held: unknown) => ({ toJSON: () => held });

test.each([
  { when: new Date(0), list: [1, null, -0.5], nothing: undefined },
  { bytes: Buffer.from("ab"), link: new URL("http://127.0.0.1/") },
  { map: Object.assign(new Map(), of([["a", 1]])) },
  of({ a: 1 }),
])("what JSON carries is taken: %j", (args) => expect(() => check(args)).not.toThrow());

test.each([
  ["NaN", { a: [Number.NaN] }, "the args hold NaN at a.0, which JSON cannot carry"],
  ["Infinity", { a: -Infinity }, "the args hold -Infinity at a, which JSON cannot carry"],
  ["a BigInt", { a: { b: 1n } }, "the args hold a bigint at a.b, which JSON cannot carry"],
  ["a Map", { a: new Map([["b", 1]]) }, "the args hold a Map at a, which JSON cannot carry"],
  ["a Set", { a: new Set([1]) }, "the args hold a Set at a, which JSON cannot carry"],
  ["no date", { a: new Date("never") }, "the args hold an invalid Date at a, which JSON cannot carry"],
])("what JSON would lose is refused with its path: %s", (_what, args, message) => {
  expect(() => check(args)).toThrow(message);
});

test("what an object says it is in JSON is held to the same limits", () => {
  const deep = (levels: number): object => (levels === 0 ? {} : of({ a: deep(levels - 1) }));

  expect(() => check({ a: of(JSON.parse('{"__proto__":1}')) })).toThrow('the key "__proto__" at a.__proto__');
  expect(() => check({ a: deep(101) })).toThrow("nested deeper than 100 levels");
  expect(() => check({ a: of({ b: Number.NaN }) })).toThrow("NaN at a.b");
  expect(() => check(of("text"))).toThrow("must be a JSON object");
  expect(() => checkMeta({ a: of(new Set()) })).toThrow("the meta hold a Set at a");
});
