/** What stands in a path for the names of a pattern such as `/queue/:queueName`; undefined where the two do not fit. */
export function matchRoute(pattern: string, path: string): Record<string, string> | undefined {
  const expected = pattern.split("/");
  const found = path.split("/");
  if (expected.length !== found.length) return undefined;

  const params: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const text = decode(found[index]!);
    if (text === undefined) return undefined;
    if (part.startsWith(":")) params[part.slice(1)] = text;
    else if (part !== text) return undefined;
  }
  return params;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
