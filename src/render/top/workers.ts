import type { WorkerRow } from "../../inspect/workers.ts";
import type { Style } from "../color.ts";
import { renderDuration } from "../duration.ts";
import type { TopColumn } from "./list.ts";

/** The worker processes of the live screen. */
export function topWorkerColumns(nowMs: number, style: Style): readonly TopColumn<WorkerRow>[] {
  return [
    { title: "NAME", width: 14, grows: true, cell: ({ name }) => name },
    { title: "HOST", width: 16, from: 110, cell: ({ host }) => host },
    { title: "PID", width: 8, from: 90, align: "right", cell: ({ pid }) => String(pid) },
    {
      title: "STATE",
      width: 8,
      cell: ({ state }) => state,
      paint: (text, { state }) => (state === "running" ? style.green(text) : style.yellow(text)),
    },
    { title: "ACTIVE", width: 8, align: "right", cell: ({ active, queues }) => `${active.length}/${slots(queues)}` },
    {
      title: "UP",
      width: 7,
      from: 60,
      align: "right",
      cell: ({ startedAt }) => renderDuration(nowMs - Date.parse(startedAt), 1),
    },
    {
      title: "MEMORY",
      width: 8,
      from: 60,
      align: "right",
      cell: ({ memoryBytes }) => `${Math.round(memoryBytes / 1_048_576)} MB`,
    },
    {
      title: "QUEUES",
      width: 8,
      grows: true,
      cell: ({ queues }) => queues.map(({ queue, concurrency }) => `${queue}=${concurrency}`).join(" "),
    },
  ];
}

const slots = (queues: WorkerRow["queues"]) => queues.reduce((sum, { concurrency }) => sum + concurrency, 0);
