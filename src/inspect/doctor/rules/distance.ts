import type { Distance } from "../../../broker/doctor/measure-broker.ts";
import type { Finding, Rule } from "../finding.ts";

const slowMs = 10;
const stuckMs = 100;
const mostSkewMs = 2_000;

/** How soon the broker answers, and whether its clock agrees with the one here. */
export const judgeDistance: Rule<Distance> = ({ p50Ms, p99Ms, skewMs }) => [
  judgeLatency(p50Ms, p99Ms),
  judgeSkew(skewMs),
];

function judgeLatency(p50Ms: number, p99Ms: number): Finding {
  const what = `answers in ${round(p50Ms)} ms, the slowest in ${round(p99Ms)} ms (p50, p99 from here)`;
  const isSlow = p50Ms > slowMs;
  if (!isSlow && p99Ms <= stuckMs) return { level: "ok", check: "latency", what, why: null, fix: null };
  return {
    level: "warning",
    check: "latency",
    what,
    why: isSlow ? "each job costs some round trips" : "something holds the server up now and then",
    fix: isSlow
      ? "run workers near the broker"
      : "redis-cli SLOWLOG GET, and look for large scripts, KEYS and swapping",
  };
}

function judgeSkew(skewMs: number): Finding {
  const what = `the broker's clock is ${Math.abs(Math.round(skewMs))} ms ${skewMs < 0 ? "behind" : "ahead of"} the one here`;
  if (Math.abs(skewMs) <= mostSkewMs) return { level: "ok", check: "clock", what, why: null, fix: null };
  return {
    level: "warning",
    check: "clock",
    what,
    why: "delayed jobs and schedules run so much too early or too late",
    fix: "timedatectl set-ntp true, on the host whose clock is wrong",
  };
}

const round = (ms: number) => Math.round(ms * 10) / 10;
