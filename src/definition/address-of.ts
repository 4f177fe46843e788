import { maskSecrets } from "./mask-url.ts";
import { parseTlsUrl } from "./tls-url.ts";

/** Where a broker is, as messages show it: without its password, and without the files of TLS, which are this machine's alone. */
export const addressOf = (url: string): string => maskSecrets(parseTlsUrl(url).url);
