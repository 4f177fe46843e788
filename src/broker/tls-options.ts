import { createSecureContext } from "node:tls";
import { loadTls } from "./load-tls.ts";

/**
 * For connections to a URL that names files of TLS. ioredis copies them at each connection, and so the files are read anew: a
 * certificate that is renewed on disk counts from the next connection on, and files that cannot be used just then are passed over.
 */
export function createTlsOptions(url: string): { readonly secureContext: ReturnType<typeof createSecureContext> } {
  let latest = createSecureContext(loadTls(url));
  return {
    get secureContext() {
      try {
        latest = createSecureContext(loadTls(url));
      } catch {} // ioredis would never connect again
      return latest;
    },
  };
}
