import type { AppControllerRoute, BoardOptions as BullBoardOptions } from "@bull-board/api/typings/app";
import { failureOf } from "../../broker/board/failure.ts";
import type { Broker } from "../../broker/broker.ts";
import { createBoardQueues } from "./board-queues.ts";
import { renderEntryPage } from "./entry-page.ts";
import { holdsHidden } from "./holds-hidden.ts";
import { loadBullBoard } from "./load-bull-board.ts";
import { matchRoute } from "./match-route.ts";
import { readBody } from "./read-body.ts";
import { redactBoard } from "./redact-board.ts";
import { createServerAdapter } from "./server-adapter.ts";
import { createStaticFiles } from "./static-files.ts";

export interface BoardOptions {
  readonly broker: Broker;
  /** Without a slash at its end. */
  readonly basePath: string;
  readonly isWritable: boolean;
  /** Queues to show beside those that are found. */
  readonly queues: readonly string[];
  /** The value without what it is to hide; undefined where nothing is hidden. */
  readonly redact: ((value: unknown) => unknown) | undefined;
  /** Resolves with the id of the job, or undefined where there is no such schedule. */
  readonly runSchedule: (queue: string, name: string) => Promise<string | undefined>;
}

/** Answers a request for a path below the base path, or undefined where there is no such page. */
export type Board = (request: Request, path: string) => Promise<Response | undefined>;

/** Bull Board over all queues of the broker, those that appear later too. */
export async function createBoard(options: BoardOptions): Promise<Board> {
  const { broker, basePath, isWritable, redact } = options;
  const bullBoard = await loadBullBoard();
  const { adapter, told } = createServerAdapter();
  const uiConfig = {
    boardTitle: "taskq",
    hideDocsLink: true,
    sortQueues: true,
    miscLinks: [{ text: "Schedules", url: `${basePath}/schedules` }],
    ...(!isWritable && { environment: { label: "read-only", color: "#57606a", textColor: "#ffffff" } }),
  };
  const board = bullBoard.createBullBoard({
    queues: [],
    serverAdapter: adapter,
    options: { uiConfig, handlerHooks: redact ? hooksOf(redact) : {} },
  });
  const refresh = createBoardQueues(options, bullBoard, board.replaceQueues);
  const page = renderEntryPage(told, basePath);
  const files = createStaticFiles(told.staticPath);

  async function answerApi(request: Request, path: string, method: string): Promise<Response | undefined> {
    const found = findRoute(told.routes, method, path);
    if (!found) return undefined;
    const body = method === "get" ? {} : parse(await readBody(request));
    if (body === undefined) return Response.json({ error: { key: "ERRORS.INVALID_REQUEST_BODY" } }, { status: 400 });
    try {
      await refresh();
      const { searchParams } = new URL(request.url);
      const answer = await found.route.handler({
        queues: told.queues,
        uiConfig: told.uiConfig,
        params: found.params,
        query: Object.fromEntries(searchParams),
        body,
        headers: Object.fromEntries(request.headers),
      });
      const { status = 200 } = answer;
      return status === 204 ? new Response(null, { status }) : Response.json(answer.body, { status });
    } catch (error) {
      const { isOfBroker, message } = failureOf(broker, error);
      const said = { error: { key: "ERRORS.INTERNAL_SERVER_ERROR" }, message };
      return Response.json(said, { status: isOfBroker ? 503 : 500 });
    }
  }

  return async (request, path) => {
    const method = request.method === "HEAD" ? "get" : request.method.toLowerCase();
    if (path.startsWith("/api/")) return answerApi(request, path, method);
    if (method !== "get") return undefined;
    if (path.startsWith("/static/")) return files(path.slice("/static/".length));
    if (![told.entry.route].flat().some((pattern) => matchRoute(pattern, path))) return undefined;
    return new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } });
  };
}

/** The first that fits, in Bull Board's own order. */
function findRoute(routes: readonly AppControllerRoute[], method: string, path: string) {
  for (const route of routes) {
    if (![route.method].flat().some((each) => each === method)) continue;
    const matches = [route.route].flat().map((pattern) => matchRoute(pattern, path));
    const params = matches.find((match) => match !== undefined);
    if (params) return { route, params };
  }
  return undefined;
}

/** Most of Bull Board's calls have no body. */
function parse(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(text || "{}");
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function hooksOf(redact: (value: unknown) => unknown): NonNullable<BullBoardOptions["handlerHooks"]> {
  return {
    before: ({ request: { body } }) =>
      holdsHidden(body)
        ? { allow: false, status: 400, message: "a hidden value would be replaced by the word [redacted]" }
        : { allow: true },
    after: (_context, answer) => ({ ...answer, body: redactBoard(answer.body, redact) as typeof answer.body }),
  };
}
