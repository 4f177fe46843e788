import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { runCommand } from "../../../src/service/hooks/command.ts";

const run = promisify(execFile);
const entry = fileURLToPath(new URL("../../../dist/src/service/hooks/command.js", import.meta.url));

test("where no file can be opened any more, the command of a hook fails and its process goes on", async () => {
  const script = `
    import { openSync } from "node:fs";
    const { runCommand } = await import(${JSON.stringify(entry)});
    try { for (;;) openSync("/dev/null"); } catch {}
    await runCommand(["true"], "{}", "/", new AbortController().signal).catch(({ code }) => console.log(code));`;

  const { stdout } = await run("sh", [
    "-c",
    'ulimit -n 64; exec "$0" --input-type=module -e "$1"',
    process.execPath,
    script,
  ]);

  expect(stdout).toBe("EMFILE\n");
});

test("of what a failed command complains no half of a password is told", async () => {
  const complain = `printf 'x%478s redis://u:secretsecretsecret@host/0' '' >&2; exit 1`;

  const failed = runCommand(["sh", "-c", complain], "{}", "/", new AbortController().signal);

  await expect(failed).rejects.toThrow(/^sh ended with 1: x/);
  await expect(failed).rejects.not.toThrow("secret");
});
