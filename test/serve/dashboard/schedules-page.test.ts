import { expect, test } from "vitest";
import { type PageSchedule, renderSchedulesPage } from "../../../src/serve/dashboard/schedules-page.ts";

const nightly: PageSchedule = {
  name: "reports.nightly",
  job: "reports.make",
  queue: "reports",
  cron: "0 3 * * *",
  everyMs: null,
  timezone: "Europe/Berlin",
  next: "2026-07-01T01:00:00.000Z",
  reason: null,
  warning: null,
  last: null,
};
const render = (schedule: Partial<PageSchedule> = {}, isWritable = true, ran?: { id: string; href: string }) =>
  renderSchedulesPage([{ ...nightly, ...schedule }], { basePath: "/jobs", isWritable, ran });

test("a schedule is shown with its next run in its own zone, and a button", () => {
  const page = render();

  expect(page).toContain(
    "<td>reports.nightly</td><td>reports.make</td><td>reports</td><td><code>0 3 * * *</code> <small>Europe/Berlin</small></td>" +
      '<td><time datetime="2026-07-01T01:00:00.000Z">2026-07-01 03:00:00</time></td><td><span class="none">none</span></td>',
  );
  expect(page).toContain('<form method="post" action="/jobs/schedules/run">');
});

test("one without a next run says why, one with a distance how long it is, one of an unknown zone the time in UTC", () => {
  expect(render({ next: null, reason: "paused by ann" })).toContain('<span class="none">paused by ann</span>');
  expect(render({ cron: null, everyMs: 90_000 })).toContain("<td>every 90 s</td>");
  expect(render({ timezone: "Mars/Olympus" })).toContain(">2026-07-01T01:00:00.000Z UTC</time>");
});

test("how the last run went is told, and why the next one may not come", () => {
  const last = { at: "2026-06-30T01:00:02.000Z", outcome: "failed", error: "no disk" } as const;

  expect(render({ last })).toContain(
    '<td>failed, <time datetime="2026-06-30T01:00:02.000Z">2026-06-30 03:00:02</time> <small>no disk</small></td>',
  );
  expect(render({ warning: "no live worker" })).toContain("03:00:00</time> <small>no live worker</small></td>");
});

test("a read-only page has no button and says so; one without schedules says who makes them", () => {
  const page = render({}, false);

  expect(page).not.toMatch(/<form|<button/);
  expect(page).toContain("This dashboard is read-only");
  expect(renderSchedulesPage([], { basePath: "", isWritable: true, ran: undefined })).toContain("No schedules");
});

test("whatever stands in a name is text", () => {
  const hostile = `"><script>alert('1')</script>\u202e\u0000&`;
  const page = render(
    {
      name: hostile,
      job: hostile,
      queue: hostile,
      cron: hostile,
      timezone: hostile,
      next: hostile,
      reason: hostile,
      warning: hostile,
      last: { at: hostile, outcome: "failed", error: hostile },
    },
    true,
    { id: hostile, href: hostile },
  );

  expect(page).not.toContain("<script");
  for (const character of ["\u202e", "\u0000"]) expect(page).not.toContain(character);
  expect(page).toContain("&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;\\u202e\\u0000&amp;");
});
