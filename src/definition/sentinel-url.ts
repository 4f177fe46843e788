/** Sentinels, and the primary that they know. */
export interface SentinelUrl {
  readonly sentinels: readonly { readonly host: string; readonly port: number }[];
  /** What they call the primary. */
  readonly master: string;
  readonly database: number;
  /** Whether all of them speak TLS. */
  readonly tls: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** Where the sentinels themselves ask for one. */
  readonly sentinelUsername: string | undefined;
  readonly sentinelPassword: string | undefined;
}

const form = /^redis(s?)-sentinel:\/\/(?:([^:@/?#\s]*)(?::([^@/?#\s]*))?@)?([^@/?#\s]+)(?:\/(\d*))?\?([^@#\s]+)$/;
const hostForm = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/i;
const parameters = new Set(["master", "sentinel-user", "sentinel-password"]);

/** Whether it is meant to be one, right or wrong. */
export const isSentinelUrl = (url: string): boolean => /^rediss?-sentinel:/.test(url);

/**
 * `redis-sentinel://user:password@host:26379,host:26379/0?master=name`, `rediss-sentinel://` where all speak TLS. Undefined where the
 * text is none. No URL in the eyes of `URL`, since it has several hosts.
 */
export function parseSentinelUrl(url: string): SentinelUrl | undefined {
  const [, tls, user, word, hosts, database, query] = form.exec(url) ?? [];
  if (hosts === undefined) return undefined;
  const said = new URLSearchParams(query!.replaceAll("+", "%2B")); // to a form a plus would be a space
  const master = said.get("master");
  const sentinels = hosts.split(",").map(parseHost);
  if (!master || [...said.keys()].some((key) => !parameters.has(key))) return undefined;
  if (!sentinels.every((each) => each !== undefined)) return undefined;
  try {
    return {
      sentinels,
      master,
      database: Number(database ?? 0),
      tls: tls !== "",
      username: decode(user),
      password: decode(word),
      sentinelUsername: said.get("sentinel-user") || undefined,
      sentinelPassword: said.get("sentinel-password") || undefined,
    };
  } catch {
    return undefined; // a bare `%`
  }
}

function parseHost(text: string): { host: string; port: number } | undefined {
  const [, host, port = "26379"] = hostForm.exec(text) ?? [];
  if (host === undefined || Number(port) > 65_535) return undefined;
  return { host: host.replace(/[[\]]/g, ""), port: Number(port) };
}

const decode = (text: string | undefined) => (text ? decodeURIComponent(text) : undefined);
