const longest = 40;
const starters = /^(?:sudo|nice|ionice|nohup|env|exec|flock|timeout|time|chronic|cronic|bash|sh|zsh|test|set|if|then)$/;
const interpreters =
  /^(?:php|python[\d.]*|node|ruby|perl|npm|npx|yarn|pnpm|bundle|rails|rake|artisan|docker|make|java|curl)$/;
const reserved =
  /^(?:await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|handler|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|shell|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield|arguments|eval|spawn|createInterface|defineSchedule|scheduledTasks)$/;

/** A name for the function that runs a command: `/usr/bin/php artisan queue:prune -q` is `phpArtisanQueuePrune`. */
export function functionName(command: string, taken: ReadonlySet<string>): string {
  const name = camel(tellingWords(command)) || "command";
  const safe = /^\d/.test(name) || reserved.test(name) ? `run${name.charAt(0).toUpperCase()}${name.slice(1)}` : name;
  for (let number = 1; ; number++) {
    const tried = number === 1 ? safe : `${safe}${number}`;
    if (!taken.has(tried)) return tried;
  }
}

function tellingWords(command: string): string[] {
  const words = command
    .replace(/\bcd\s+\S+/g, "")
    .split(/[\s;&|<>()[\]]+/)
    .filter((word) => /[a-z]/i.test(word) && !word.startsWith("-") && !/^\w+=/.test(word) && !word.startsWith("/dev/"))
    .map((word) => word.replace(/^.*\/(?=.)/, "").replace(/\.\w{1,4}$/, ""));
  const first = words.findIndex((word) => !starters.test(word));
  if (first === -1) return words.slice(0, 1);
  const known = words.slice(first).findIndex((word) => !interpreters.test(word));
  return words.slice(first, first + (known === -1 ? 1 : known + 1));
}

function camel(words: readonly string[]): string {
  const parts = words
    .join(" ")
    .split(/[^A-Za-z0-9]+/)
    .filter((part) => part !== "");
  const joined = parts.map(
    (part, at) => (at === 0 ? part.charAt(0).toLowerCase() : part.charAt(0).toUpperCase()) + part.slice(1),
  );
  return joined.join("").slice(0, longest);
}
