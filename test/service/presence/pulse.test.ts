import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { type Beat, createPulse } from "../../../src/service/presence/pulse.ts";

test("beats follow each other, and say how long all has been well", async () => {
  const beats: Beat[] = [];
  const third = new Promise<void>((resolve) => {
    const pulse = createPulse({
      everyMs: 20,
      beat: async () => {},
      onLate: () => {},
      onSilent: () => {},
      onBeat(beat) {
        beats.push(beat);
        if (beats.length < 3) return;
        pulse.stop();
        resolve();
      },
    });
    void pulse.start();
  });
  await third;

  expect(beats[0]!.steadyForMs).toBe(0);
  expect(beats[2]!.steadyForMs).toBeGreaterThanOrEqual(beats[1]!.gapMs);
});

test("a beat that is not answered in time is told, and all that was well before counts no more", async () => {
  let answer = () => {};
  let isLate = () => {};
  const late = new Promise<void>((resolve) => {
    isLate = resolve;
  });
  const beats: Beat[] = [];
  let count = 0;
  const pulse = createPulse({
    everyMs: 20,
    beat: () => (++count === 3 ? new Promise<void>((resolve) => (answer = resolve)) : wait(0)),
    onLate: isLate,
    onSilent: () => {},
    onBeat: (beat) => void beats.push(beat),
  });

  await pulse.start();
  await late;
  expect(beats).toHaveLength(2);
  answer();
  await expect.poll(() => beats.length).toBeGreaterThanOrEqual(3);
  pulse.stop();
  expect(beats[2]).toMatchObject({ steadyForMs: 0 });
  expect(beats[2]!.gapMs).toBeGreaterThanOrEqual(3_000);
});

test("a beat that stays without an answer is told again and again, until it has one", async () => {
  let answer = () => {};
  let silences = 0;
  let count = 0;
  const pulse = createPulse({
    everyMs: 5,
    beat: () => (++count === 2 ? new Promise<void>((resolve) => (answer = resolve)) : wait(0)),
    onLate: () => {},
    onSilent: () => void silences++,
    onBeat: () => {},
  });

  await pulse.start();
  await expect.poll(() => silences).toBeGreaterThanOrEqual(2);
  answer();
  await expect.poll(() => count).toBeGreaterThanOrEqual(20);
  pulse.stop();
  expect(silences).toBeLessThan(10);
});
