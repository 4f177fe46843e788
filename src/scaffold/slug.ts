const longest = 40;

/** A name of small letters, digits and dashes that begins with a letter: `@acme/My Shop` is `acme-my-shop`. */
export function toSlug(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, longest)
    .replace(/-$/, "");
  return /^[a-z]/.test(slug) ? slug : `taskq-${slug}`.replace(/-$/, "");
}
