import { expect, test } from "vitest";
import { renderTop } from "../../../src/render/top/top.ts";
import type { TopRow, TopView } from "../../../src/render/top/view.ts";
import { jobDetail } from "../../helpers/job-detail.ts";
import { job, nowMs, queue, schedule, worker } from "../../screen/rows.ts";
import { colored, plain } from "../style.ts";

const queues = [
  queue({ queue: "billing", active: 2, waiting: 1_200_000, oldestWaitingMs: 61_000, failed: 3, failedPerMinute: 2 }),
  queue({ paused: true, delayed: 4, completed: 12_345 }),
];
const view = (said: Partial<TopView> = {}): TopView => ({
  size: { columns: 80, rows: 24 },
  address: "redis://127.0.0.1:6379",
  nowMs,
  lost: undefined,
  tab: "queues",
  list: "queues",
  inQueue: undefined,
  queues,
  workers: 2,
  schedules: 1,
  rows: queues.map((queue) => ({ kind: "queue", queue })),
  total: 2,
  selected: 0,
  filter: "",
  isTyping: false,
  isHelping: false,
  opened: undefined,
  question: undefined,
  status: undefined,
  ...said,
});
const jobs = (...said: Parameters<typeof job>[0][]): TopRow[] => said.map((each) => ({ kind: "job", job: job(each) }));
const lines = (said: Partial<TopView>) => renderTop(view(said), plain).lines;
/** Without the blank lines. */
const shown = (said: Partial<TopView>) => lines(said).filter((line) => line !== "");

test("the queues, at 80 columns and 24 rows", () => {
  const all = lines({});
  expect(all).toHaveLength(24);
  expect(all.filter((line) => line !== "")).toEqual([
    "taskq top  redis://127.0.0.1:6379  2 workers  2 active  1.2M waiting  3 failed",
    "[1 queues 2]  2 active 2   3 workers 2   4 schedules 1   5 failed 3",
    "  QUEUE                UNFINISHED   ACTIVE WAITING DELAYED FAILED  OLDEST  /MIN",
    "> billing              █▒▒▒▒▒▒▒▒▒▒       2    1.2M       0      3   1 min     2",
    "  (paused) mail        ░                 0       0       4      0       -     0",
    "2 failed a minute",
    "enter open   p pause   / filter   ? help   q leave",
  ]);
  expect(all.every((line) => line.length <= 79)).toBe(true);
});

test("a wider terminal shows more of them, a narrow one less, a tiny one says so", () => {
  expect(lines({ size: { columns: 120, rows: 40 } })).toHaveLength(40);
  expect(lines({ size: { columns: 120, rows: 40 } })[2]).toBe(
    "  QUEUE                                  UNFINISHED   WORKERS ACTIVE WAITING   PRIO DELAYED FAILED   DONE  OLDEST  /MIN",
  );
  expect(lines({ size: { columns: 50, rows: 12 } })[2]).toBe("  QUEUE               ACTIVE WAITING FAILED  /MIN");
  expect(lines({ size: { columns: 79, rows: 9 } })).toEqual([
    "taskq top needs 40 columns and 10 rows; here are 79 and 9",
  ]);
});

test("jobs that run: since when, how far, where", () => {
  const rows = jobs(
    { id: "a", state: "active", progress: 45 },
    { id: "b", state: "active", progress: { page: 3 }, startedAtMs: nowMs - 500, worker: undefined },
  );
  expect(shown({ tab: "active", list: "active", rows, total: 2, selected: 1 }).slice(2)).toEqual([
    "  JOB                 ID                   FOR PROGRESS       WORKER",
    "  mail.send           a                  1 min ████░░░░ 45%   web-1",
    `> mail.send           b                 500 ms {"page":3}${" ".repeat(22)}`,
    "enter open   C cancel   / filter   ? help   q leave",
  ]);
});

test("workers, schedules and failed jobs", () => {
  const rows: TopRow[] = [{ kind: "worker", worker: worker({ state: "quiet" }) }];
  expect(shown({ tab: "workers", list: "workers", rows, total: 1, selected: -1 }).slice(2)).toEqual([
    "  NAME                     STATE      ACTIVE      UP   MEMORY QUEUES",
    "  web-1                    quiet        0/10     1 h   100 MB mail=10",
    "enter open   / filter   ? help   q leave",
  ]);
  const paused = { at: new Date(nowMs).toISOString(), by: "ada", reason: null };
  const schedules: TopRow[] = [
    { kind: "schedule", schedule: schedule() },
    {
      kind: "schedule",
      schedule: schedule({ name: "mail.tidy", paused, next: null, reason: "paused by ada", last: null }),
    },
  ];
  expect(shown({ tab: "schedules", list: "schedules", rows: schedules, total: 2, selected: 1 }).slice(2)).toEqual([
    "  NAME                WHEN           NEXT              IN LAST           MISSED",
    "  mail.digest         Daily 08:00    Nov 25 08:00    20 h ok 4 h ago          2",
    "> mail.tidy           Daily 08:00    paused             - -                   2",
    "paused by ada",
    "enter open   n run now   p pause   / filter   ? help   q leave",
  ]);
  const failed = jobs({ error: "no route\n  at mail" });
  expect(shown({ tab: "failed", list: "failed", rows: failed, total: 1 }).slice(2)).toEqual([
    "  JOB                     ID                   AGO TRIES ERROR",
    "> mail.send               4c7d1p0wq2x9k3aa   1 min   2/5 no route\\n  at mail   ",
    "no route",
    "enter open   r retry   X remove   / filter   ? help   q leave",
  ]);
});

test("the jobs of one queue, and how many it has of each state", () => {
  const rows = jobs({ state: "delayed", dueAtMs: nowMs + 90_000, error: "again" });
  const inQueue = { queue: "mail", state: "delayed" } as const;
  expect(shown({ list: "jobs", inQueue, rows, total: 1 }).slice(2)).toEqual([
    "mail: waiting 0 prioritized 0 [delayed 4] active 0 failed 0 completed 12345",
    "  JOB                     ID                    IN TRIES LAST ERROR",
    "> mail.send               4c7d1p0wq2x9k3aa   1 min   2/5 again                 ",
    "again",
    "enter open   n promote   C cancel   X remove   / filter   ? help   q leave",
  ]);
});

test("of a long list the rows around the cursor, whose line is marked without colour too", () => {
  const rows = jobs(...Array.from({ length: 100 }, (_, n) => ({ id: `id-${n}` })));
  const all = lines({ tab: "failed", list: "failed", rows, total: 100, selected: 50 });
  expect(all).toHaveLength(24);
  expect(all[3]).toContain("id-41 ");
  expect(all.filter((line) => line.startsWith("> "))).toEqual([expect.stringContaining("id-50 ")]);
  expect(lines({ tab: "failed", list: "failed", rows, total: 100, selected: 99 })[21]).toMatch(/^> .*id-99 /);
});

test("what is asked, typed, done, and what went wrong", () => {
  const [row] = jobs({}) as [TopRow];
  const order = { verb: "cancel", row } as const;
  const said = (part: Partial<TopView>) => lines(part)[22];
  expect(said({ question: order })).toBe("cancel job mail.send 4c7d1p0wq2x9k3aa?  y: yes, any other key: no");
  const [long] = jobs({ job: "x".repeat(100) }) as [TopRow];
  expect(said({ question: { verb: "remove", row: long } })).toMatch(/^remove job x+… {2}y: yes, any other key: no$/);
  expect(said({ isTyping: true, filter: "mail" })).toBe("/mail█  enter: keep, esc: clear");
  expect(said({ filter: "bill", rows: view().rows.slice(0, 1) })).toBe('filter "bill": 1 of 2  2 failed a minute');
  expect(said({ status: { kind: "done", order } })).toBe("cancelled job mail.send 4c7d1p0wq2x9k3aa");
  expect(said({ status: { kind: "refused", order, reason: "it has ended" } })).toBe(
    "could not cancel job mail.send 4c7d1p0wq2x9k3aa: it has ended",
  );
  expect(said({ status: { kind: "gone", order } })).toMatch(
    /^nothing was done: job mail.send .* is no longer as it was$/,
  );
});

test("a broker that is gone is said in the first line, and what was read stays", () => {
  const lost = { sinceMs: nowMs - 12_000, reason: "cannot reach Redis at redis://127.0.0.1:6379: connection refused" };
  expect(lines({ lost })[0]).toBe("taskq top  no broker for 12 s (connection refused), this is old: redis://127.0…");
  expect(lines({ lost })[3]).toMatch(/^> billing/);
});

const detail = jobDetail({
  error: { message: "no", stack: `Error: no\n${Array.from({ length: 40 }, (_, n) => `    at frame ${n}`).join("\n")}` },
  logs: ["one", "two"],
  logCount: 2,
});

test("a job that is opened: its args, its whole stack and its log, as far as one scrolls", () => {
  const opened = { row: jobs({})[0]!, offset: 0, job: detail, history: [] };
  const { lines, lastOffset } = renderTop(view({ opened }), plain);
  expect(lines.slice(2, 11)).toEqual([
    "mail.send  failed",
    "  id            4c7d1p0wq2x9k3aa",
    "  queue         mail",
    "  attempts      1 of 1",
    "  enqueued      2026-11-24T12:00:00.000Z (0 ms ago)",
    "args",
    "  {",
    '    "to": "ada"',
    "  }",
  ]);
  expect(lines[23]).toBe("esc back   r retry   X remove   ? help   q leave");
  const end = renderTop(view({ opened: { ...opened, offset: 1_000 } }), plain);
  expect(end.lines.slice(18, 22)).toEqual(["      at frame 39", "logs", "  one", "  two"]);
  expect(end.lastOffset).toBe(lastOffset);
  expect(renderTop(view({ opened: { ...opened, offset: lastOffset } }), plain).lines).toEqual(end.lines);
  expect(renderTop(view({ opened: { ...opened, job: null } }), plain).lines[3]).toBe("  this job is gone");
});

test("a worker with what it runs, a schedule with its history", () => {
  const active = [{ id: "a", job: "mail.send", queue: "mail", sinceMs: 3_000, abandoned: true, progress: 5 }];
  const of = (row: TopRow, history: NonNullable<TopView["opened"]>["history"] = []) =>
    shown({ opened: { row, offset: 0, job: undefined, history } }).slice(2, -1);
  expect(of({ kind: "worker", worker: worker({ active }) })).toEqual([
    "web-1  running",
    "  host      web, pid 7",
    "  app       shop, release aaaa",
    "  taskq     1.0.0",
    "  started   2026-11-24T11:00:00.000Z (1 h ago)",
    "  memory    100 MB",
    "  queues    mail=10",
    "1 active job",
    "  mail.send a for 3 s, progress 5, abandoned",
  ]);
  const entry = { at: new Date(nowMs).toISOString(), kind: "missed", count: 2, reason: "paused" } as const;
  const rest = { tick: null, lastTick: null, id: null, durationMs: null };
  expect(of({ kind: "schedule", schedule: schedule() }, [{ ...entry, ...rest }])).toEqual([
    "mail.digest",
    "  job       mail.send on queue mail",
    "  when      Every day at 08:00",
    "  next      Nov 25 08:00 UTC",
    "  last      completed Nov 24 08:00 (4 h ago), took 120 ms, id repeat:mail.diges",
    "  t:1",
    "  result    3",
    "  runs      9, of them failed 1; ticks missed 2, skipped 0",
    "  rules     overlap skip, catch-up once",
    "  app       shop",
    "history",
    "  Nov 24 12:00  missed     2 ticks, paused",
  ]);
});

test("help fits 80 columns and 24 rows", () => {
  const all = lines({ isHelping: true });
  expect(all).toHaveLength(24);
  expect(all.join("\n")).not.toContain("…");
  expect(all[23]).toBe("any key: back   q leave");
});

test("hostile text moves nothing, and wide characters take two cells", () => {
  const evil = "\u001b[2J\r\n\u202e漢字";
  const hostile: TopRow[][] = [
    jobs({ job: evil, id: evil, error: evil, worker: evil, progress: evil, queue: evil }),
    [{ kind: "queue", queue: queue({ queue: evil }) }],
    [{ kind: "worker", worker: worker({ name: evil, host: evil, queues: [{ queue: evil, concurrency: 1 }] }) }],
    [
      {
        kind: "schedule",
        schedule: schedule({ name: evil, job: evil, queue: evil, cron: evil, reason: evil, app: evil }),
      },
    ],
  ];
  for (const rows of hostile) {
    const [row] = rows as [TopRow];
    const list = row.kind === "job" ? "failed" : (`${row.kind}s` as "queues" | "workers" | "schedules");
    const order = { verb: "remove", row } as const;
    const views: Partial<TopView>[] = [
      { rows, tab: list, list },
      { rows, tab: list, list, size: { columns: 200, rows: 24 } },
      { question: order },
      { status: { kind: "failed", order, reason: evil } },
      { opened: { row, offset: 0, job: { ...detail, job: evil, logs: [evil], args: evil }, history: [] } },
      { lost: { sinceMs: 0, reason: evil }, address: evil },
      { isTyping: true, filter: evil },
      { list: "jobs", inQueue: { queue: evil, state: "failed" } },
    ];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    for (const each of views) for (const line of lines(each)) expect(line).not.toMatch(/[\u0000-\u001f\u202e]/);
  }
  const wide = lines({ rows: [{ kind: "queue", queue: queue({ queue: "漢".repeat(40) }) }], selected: 0 })[3]!;
  expect([...wide].reduce((sum, each) => sum + (each === "漢" ? 2 : 1), 0)).toBe(79);
});

test("with colour the line of the cursor is inverse, failures are red", () => {
  const { lines } = renderTop(view({ selected: 1 }), colored);
  expect(lines[4]?.startsWith("\u001b[7m> (paused) mail")).toBe(true);
  expect(lines[4]?.endsWith("\u001b[27m")).toBe(true);
  expect(lines[3]).toContain("\u001b[31m     3\u001b[39m");
});
