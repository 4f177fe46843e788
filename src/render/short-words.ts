const rules: readonly (readonly [RegExp, string])[] = [
  [/\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b/g, "$1"],
  [/\b(Tue)s\b|\b(Wed)nes\b|\b(Thu)rs\b|\b(Sat)ur\b/g, "$1$2$3$4"],
  [/\b(Jan|Feb)uary\b|\b(Mar)ch\b|\b(Apr)il\b|\b(Aug)ust\b|\b(Sep|Octo|Novem|Decem)(?:tem)?ber\b/g, "$1$2$3$4$5"],
  [/\b(Oct)o\b|\b(Nov|Dec)em\b/g, "$1$2"],
  [/\bJune\b/g, "Jun"],
  [/\bJuly\b/g, "Jul"],
  [/ through /g, "-"],
  [/\b[Bb]etween (\S+) and (\S+)/g, "$1-$2"],
  [/ seconds\b/g, " s"],
  [/ minutes past the hour\b/g, " min past"],
  [/ minutes\b/g, " min"],
  [/ hours\b/g, " h"],
  [/ of the month\b/g, ""],
  [/\bonly (?=in\b)/g, ""],
  [/\bonly on /g, ""],
  [/\bEvery day at /g, "Daily "],
  [/\bevery day at /g, "daily "],
  [/^On (?!the hour)(?:the )?/, ""],
  [/\bon (?:the )?/g, ""],
  [/(?<=[a-z]),? at (?=\d)/g, " "],
  [/, and /g, ", "],
];

/** The words of a cron in fewer letters: `Mon-Fri 18:30`. */
export function shortWords(words: string): string {
  const short = rules.reduce((text, [long, brief]) => text.replace(long, brief), words);
  return short.charAt(0).toUpperCase() + short.slice(1);
}
