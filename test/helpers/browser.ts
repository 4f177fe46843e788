import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Page } from "playwright-core";

/** Where Chromium is; undefined on a machine that has none. */
export const browserPath: string | undefined = (process.env.PATH ?? "")
  .split(delimiter)
  .flatMap((folder) => ["chromium", "chromium-browser", "google-chrome"].map((name) => join(folder, name)))
  .find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** A page in a browser of its own, and all that went wrong in it or left for another host. */
export interface Visit extends AsyncDisposable {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Opens a browser that sees only what `origin` serves. */
export async function visit(origin: string): Promise<Visit> {
  // A container's root has no sandbox.
  const browser = await chromium.launch({ executablePath: browserPath!, args: ["--no-sandbox"] });
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) complaints.push(`asked ${request.url()}`);
  });
  return { page, complaints, [Symbol.asyncDispose]: () => browser.close() };
}
