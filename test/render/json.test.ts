import { expect, test } from "vitest";
import { renderJson, renderJsonLine } from "../../src/render/json.ts";

const hostile = { name: "a\u009b\u007f\u202e\n\u001b\u2028" };

test("a document is pretty, and reads back as what it was", () => {
  expect(renderJson({ id: "1", tags: ["a"] })).toBe('{\n  "id": "1",\n  "tags": [\n    "a"\n  ]\n}');
  expect(JSON.parse(renderJson(hostile))).toEqual(hostile);
});

test("what JSON.stringify leaves raw is escaped", () => {
  expect(renderJson(hostile)).toBe('{\n  "name": "a\\u009b\\u007f\\u202e\\n\\u001b\\u2028"\n}');
});

test("a line is one line", () => {
  expect(renderJsonLine(hostile)).toBe('{"name":"a\\u009b\\u007f\\u202e\\n\\u001b\\u2028"}');
});

test("nothing is null", () => {
  expect(renderJson(undefined)).toBe("null");
});
