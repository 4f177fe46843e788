/** Whether a name fits one of the patterns, in which `*` stands for any text and `?` for one character. */
export function matchesAny(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => toExpression(pattern).test(name));
}

function toExpression(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`);
}
