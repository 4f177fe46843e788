import { request } from "node:http";
import { text } from "node:stream/consumers";

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** One request, with any Host header: `fetch` allows none. Rejects where nobody listens. */
export function ask(address: string, path: string, { method = "GET", headers = {} }: Asked = {}): Promise<Answered> {
  return new Promise((resolve, reject) => {
    request(`${address}${path}`, { method, headers, agent: false }, async (response) => {
      resolve({ status: response.statusCode!, body: await text(response), headers: response.headers });
    })
      .once("error", reject)
      .end();
  });
}

/** The samples of a page in the text format of Prometheus, by name and labels. */
export function samplesOf(page: string): Record<string, number> {
  const lines = page.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
  );
}
