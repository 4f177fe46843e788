import { toString as toWords } from "cronstrue";

interface Said {
  /** `08:00 and 20:00`, where that is all there is to say of the time of day. */
  readonly time: string | undefined;
  /** The days, or the whole. */
  readonly rest: string;
}

/** What a cron says, in words: of one expression, or of several with ` | ` between them. */
export function cronWords(cron: string): string {
  const sentences: Said[] = [];
  for (const { time, rest } of cron.split(" | ").map(say)) {
    const last = sentences.at(-1);
    const isAlike = last?.time !== undefined && time !== undefined && last.rest === rest;
    if (isAlike) sentences[sentences.length - 1] = { rest, time: `${last.time} and ${time}` };
    else sentences.push({ time, rest });
  }
  return sentences
    .map(join)
    .map((text, at) => (at === 0 ? text : lower(text)))
    .join("; ");
}

const timed = /^At (\d\d:\d\d(?::\d\d)?(?:(?:,|,? and) \d\d:\d\d(?::\d\d)?)*)(?:, (.+))?$/;

function say(expression: string): Said {
  const words = describe(expression);
  const [, time, rest = ""] = timed.exec(words) ?? [];
  return { time, rest: time === undefined ? words : rest };
}

function describe(expression: string): string {
  try {
    const words = toWords(expression, { use24HourTimeFormat: true });
    // Cron means one or the other.
    return words.replace(/(on (?:day|the last day) [^,]*(?: and [^,]*)?), and on /, "$1 or on ");
  } catch {
    return expression; // another app's, in a dialect that has no words
  }
}

function join({ time, rest }: Said): string {
  if (time === undefined) return rest;
  if (rest === "") return `Every day at ${time}`;
  const days = rest
    .replace(/^only on (\w+)$/, "every $1")
    .replace(/^only on /, "")
    .replace(/^only in /, "every day in ");
  return `${days.charAt(0).toUpperCase()}${days.slice(1)}${days.includes(", ") ? "," : ""} at ${time}`;
}

const lower = (text: string) => text.replace(/^(?:Every|At|On)\b/, (word) => word.toLowerCase());
