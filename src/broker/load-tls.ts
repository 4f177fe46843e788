import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseTlsUrl, type TlsFile } from "../definition/tls-url.ts";
import { TaskqError } from "../errors.ts";

/** The texts of the files of TLS, in PEM, as Node takes them. */
export type TlsTexts = Readonly<Partial<Record<TlsFile, string>>>;

/** Reads the files of TLS that a broker's URL names by their whole paths. Throws all that is wrong with them. */
export function loadTls(url: string): TlsTexts {
  const wrong = new Map<TlsFile, string>();
  const texts: Partial<Record<TlsFile, string>> = {};
  for (const [name, file] of parseTlsUrl(url).said) {
    try {
      texts[name] = readFileSync(file, "utf8");
      if (!isRight(name, texts[name]))
        wrong.set(name, `${file}, the \`${name}\` of the broker's URL, holds no ${held[name]}`);
    } catch (error) {
      const { code = "", message } = error as NodeJS.ErrnoException;
      wrong.set(name, `cannot read ${file}, the \`${name}\` of the broker's URL: ${reasons[code] ?? message}`);
    }
  }
  if (wrong.size === 0 && !isPair(texts)) wrong.set("key", "the `key` of the broker's URL is not that of its `cert`");
  if (wrong.size === 0) return texts;

  const names = [...wrong.keys()].map((name) => `\`${name}\``).join(" and ");
  throw new TaskqError("CONFIG_INVALID", [...wrong.values()].join("; "), {
    hint: `Mend what ${names} of the broker's URL names, or name another file.`,
  });
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "no such file",
  EACCES: "this user may not read it",
  EISDIR: "it is a folder",
};

const held = {
  ca: "certificate in PEM",
  cert: "certificate in PEM",
  key: "private key in PEM that needs no passphrase",
} satisfies Record<TlsFile, string>;

/** TLS itself would take an authority's file without a certificate, and then trust nobody. */
function isRight(name: TlsFile, text: string): boolean {
  try {
    if (name === "key") createPrivateKey(text);
    else new X509Certificate(text);
    return true;
  } catch {
    return false;
  }
}

const isPair = ({ cert, key }: TlsTexts) =>
  cert === undefined || key === undefined || new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
