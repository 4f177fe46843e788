import { toBrokerId } from "../../broker/job-id.ts";
import { answerText } from "./answer-text.ts";
import { readBody } from "./read-body.ts";
import { type PageSchedule, renderSchedulesPage } from "./schedules-page.ts";

export interface SchedulesOptions {
  /** Without a slash at its end. */
  readonly basePath: string;
  readonly isWritable: boolean;
  readonly list: () => Promise<readonly PageSchedule[]>;
  /** Resolves with the id of the job, or undefined where there is no such schedule. */
  readonly run: (queue: string, name: string) => Promise<string | undefined>;
}

/** The page of the schedules, and what its buttons do. Undefined for any other path. */
export function createSchedules(
  options: SchedulesOptions,
): (request: Request, path: string) => Promise<Response | undefined> {
  const { basePath, isWritable, list, run } = options;

  async function show({ url }: Request): Promise<Response> {
    const { searchParams } = new URL(url);
    const [queue, id] = [searchParams.get("queue"), searchParams.get("ran")];
    const ran = queue && id ? { id, href: jobHref(basePath, queue, id) } : undefined;
    const page = renderSchedulesPage(await list(), { basePath, isWritable, ran });
    return new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } });
  }

  async function start(request: Request): Promise<Response> {
    const form = new URLSearchParams(await readBody(request));
    const [queue, name] = [form.get("queue") ?? "", form.get("name") ?? ""];
    const id = await run(queue, name);
    if (id === undefined) return answerText(404, "there is no such schedule");
    const query = new URLSearchParams({ queue, ran: id });
    // After a redirect, a page that is loaded again does not run it again.
    return new Response(null, { status: 303, headers: { location: `${basePath}/schedules?${query}` } });
  }

  return async (request, path) => {
    if (path === "/schedules" && (request.method === "GET" || request.method === "HEAD")) return show(request);
    if (path === "/schedules/run" && request.method === "POST") return start(request);
    return undefined;
  };
}

const jobHref = (basePath: string, queue: string, id: string) =>
  `${basePath}/queue/${encodeURIComponent(queue)}/${encodeURIComponent(toBrokerId(id))}`;
