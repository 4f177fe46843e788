import { expect, test } from "vitest";
import { type Column, renderTable } from "../../src/render/table.ts";
import { textWidth } from "../../src/render/text-width.ts";
import { colored, plain } from "./style.ts";

interface Row {
  readonly name: string;
  readonly count: number;
}

const columns: readonly Column<Row>[] = [
  { title: "NAME", cell: ({ name }) => name },
  { title: "COUNT", align: "right", cell: ({ count }) => String(count) },
  { title: "NOTE", cell: () => "" },
];

test("columns stand two apart, figures to the right, and no line ends in a space", () => {
  const rows = [
    { name: "mail", count: 5 },
    { name: "accounts", count: 12_345 },
  ];
  expect(renderTable(rows, columns, { style: plain })).toBe(
    ["NAME      COUNT  NOTE", "mail          5", "accounts  12345"].join("\n"),
  );
});

test("a hostile cell stays one line of plain text", () => {
  expect(renderTable([{ name: "a\n\u001b[2Jb", count: 1 }], columns, { style: plain })).toBe(
    ["NAME           COUNT  NOTE", "a\\n\\u001b[2Jb      1"].join("\n"),
  );
});

test("what is too wide loses the gaps first, then the end of the widest text", () => {
  const rows = [{ name: "a".repeat(100), count: 7 }];
  const lines = renderTable(rows, columns, { style: plain, width: 30 }).split("\n");
  expect(lines).toEqual([`NAME${" ".repeat(15)} COUNT NOTE`, `${"a".repeat(18)}…     7`]);
  for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(30);
});

test("80 columns unless told", () => {
  const lines = renderTable([{ name: "a".repeat(100), count: 7 }], columns, { style: plain }).split("\n");
  expect(textWidth(lines[0]!)).toBe(80);
});

test("wide characters are counted as the terminal shows them", () => {
  const rows = [
    { name: "世界", count: 1 },
    { name: "abcd", count: 2 },
  ];
  expect(renderTable(rows, columns, { style: plain })).toBe(
    ["NAME  COUNT  NOTE", "世界      1", "abcd      2"].join("\n"),
  );
});

test("colour changes no width", () => {
  const painted: Column<Row>[] = [{ ...columns[0]!, paint: (text) => colored.red(text) }, columns[1]!];
  expect(renderTable([{ name: "mail", count: 5 }], painted, { style: colored })).toBe(
    ["\u001b[1mNAME\u001b[22m  \u001b[1mCOUNT\u001b[22m", "\u001b[31mmail\u001b[39m      5"].join("\n"),
  );
});
