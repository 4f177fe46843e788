// A user may be empty (`redis://:pw@host`), and a password may hold a bare `@`, `/` or `:`: all up to the URL's last `@` goes.
const password = /(:\/\/[^\s:/@"']*):(?:(?!:\/\/)\S)*@/g;
const passwordParameter = /([?&](?:sentinel-)?password=)[^\s&"']+/gi;

/** The text, with the password of each URL in it replaced by `***`. */
export function maskSecrets(text: string): string {
  if (!text.includes("://")) return text;
  return text.replace(password, "$1:***@").replace(passwordParameter, "$1***");
}
