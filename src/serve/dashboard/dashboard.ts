import { failureOf } from "../../broker/board/failure.ts";
import type { Broker } from "../../broker/broker.ts";
import { answerText } from "./answer-text.ts";
import { type BoardOptions, createBoard } from "./board.ts";
import { createGate, type GateOptions } from "./gate.ts";
import { createSchedules, type SchedulesOptions } from "./schedules.ts";
import { secureHeaders } from "./secure-headers.ts";

export interface DashboardOptions extends BoardOptions, GateOptions {
  readonly listSchedules: SchedulesOptions["list"];
}

/** The whole dashboard as one function from a request to its answer; it never rejects. */
export async function createDashboard(options: DashboardOptions): Promise<(request: Request) => Promise<Response>> {
  const { basePath, isWritable, broker, listSchedules: list, runSchedule: run } = options;
  const gate = createGate(options);
  const board = await createBoard(options);
  const schedules = createSchedules({ basePath, isWritable, list, run });

  async function answer(request: Request): Promise<Response> {
    const refused = gate(request);
    if (refused) return refused;
    const path = pathBelow(basePath, new URL(request.url).pathname);
    const found = path && ((await schedules(request, path)) ?? (await board(request, path)));
    return found || answerText(404, "not found");
  }

  return async (request) => {
    const response = secureHeaders(await answer(request).catch((error: unknown) => toAnswer(broker, error)));
    return request.method === "HEAD" ? new Response(null, response) : response;
  };
}

/** The path from the base path on, or undefined where it is not below it. */
function pathBelow(basePath: string, path: string): string | undefined {
  if (path === basePath) return "/";
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : undefined;
}

function toAnswer(broker: Broker, error: unknown): Response {
  const { isOfBroker, message } = failureOf(broker, error);
  return answerText(isOfBroker ? 503 : 500, message.replaceAll(/\s+/g, " "));
}
