// A user may be empty (`redis://:pw@host`), and a password may hold a bare `@`, `/` or `:`: all up to the URL's last `@` goes.
const password = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@"']*):(?:(?![a-z][a-z0-9+.-]*:\/\/)\S)*@/gi;
const passwordParameter = /([?&]password=)[^\s&"']+/gi;

/** The text, with the password of each URL in it replaced by `***`. */
export function maskSecrets(text: string): string {
  return text.replace(password, "$1:***@").replace(passwordParameter, "$1***");
}
