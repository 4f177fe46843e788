/** What of a text holds a secret: as it is, as a URL or JSON writes it, in base64; its first place, with what stands around it. */
export function findSecret(text: string, secret: string): string | undefined {
  const forms = [secret, encodeURIComponent(secret), encodeURI(secret), JSON.stringify(secret).slice(1, -1)];
  const place = [...forms, ...inBase64(secret)].map((form) => text.indexOf(form)).find((index) => index >= 0);
  return place === undefined ? undefined : text.slice(Math.max(0, place - 80), place + 80);
}

/** Base64 depends on how many bytes stand before: the inner characters of each of the three ways. */
function inBase64(secret: string): string[] {
  return ["", "x", "xx"].map((before) =>
    Buffer.from(before + secret)
      .toString("base64")
      .replace(/=+$/, "")
      .slice(Math.ceil((before.length * 8) / 6), -1),
  );
}
