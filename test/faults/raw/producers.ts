import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startRedis } from "../../helpers/redis.ts";
import type { Finding } from "./measure.ts";

const limitMs = 30_000;
const producer = fileURLToPath(new URL("../raw-producer.js", import.meta.url));

/** `Queue.add` against a Redis that does not do its part: whether the producer ever hears of it. */
export async function producers(): Promise<Finding> {
  const frozen = await startRedis();
  const secured = await startRedis({ args: ["--requirepass", "right"] });
  try {
    frozen.freeze();
    const found = {
      refused: await measure("redis://127.0.0.1:1"),
      frozen: await measure(frozen.url),
      "wrong password": await measure(secured.urlOf(":wrong")),
      "no password": await measure(secured.urlOf()),
    };
    const line = Object.entries(found)
      .map(([what, ms]) => `${what}: ${ms === null ? `no answer in ${limitMs / 1_000} s` : `ended after ${ms} ms`}`)
      .join("; ");
    return { line, figures: { endedAfterMs: found, limitMs } };
  } finally {
    await Promise.all([frozen.stop(), secured.stop()]);
  }
}

async function measure(url: string): Promise<number | null> {
  const child = spawn(process.execPath, [producer, url, "work"], { stdio: "ignore" });
  const startMs = performance.now();
  const ended = once(child, "close").then(() => Math.round(performance.now() - startMs));
  const tookMs = await Promise.race([ended, wait(limitMs, null)]);
  child.kill("SIGKILL");
  await ended;
  return tookMs;
}
