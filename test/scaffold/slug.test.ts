import { expect, test } from "vitest";
import { toSlug } from "../../src/scaffold/slug.ts";

test.each([
  ["shop", "shop"],
  ["@acme/My Shop", "acme-my-shop"],
  ["Käse & Brot!", "k-se-brot"],
  ["24seven", "taskq-24seven"],
  ["日本", "taskq"],
  [`${"a".repeat(39)}-b`, "a".repeat(39)],
])("%s becomes %s", (name, slug) => {
  expect(toSlug(name)).toBe(slug);
});
