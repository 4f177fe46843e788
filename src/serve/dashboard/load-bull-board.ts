import type { createBullBoard } from "@bull-board/api";
import type { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { TaskqError } from "../../errors.ts";

export interface BullBoard {
  readonly createBullBoard: typeof createBullBoard;
  readonly BullMQAdapter: typeof BullMQAdapter;
}

/** Bull Board, which a project installs when it wants a dashboard. Throws PACKAGE_MISSING where it did not. */
export async function loadBullBoard(): Promise<BullBoard> {
  try {
    const [{ createBullBoard }, { BullMQAdapter }] = await Promise.all([
      import("@bull-board/api"),
      import("@bull-board/api/bullMQAdapter"),
    ]);
    return { createBullBoard, BullMQAdapter };
  } catch (cause) {
    if (!/MODULE_NOT_FOUND$/.test((cause as { code?: string }).code ?? "")) throw cause;
    throw new TaskqError("PACKAGE_MISSING", "the dashboard needs the packages @bull-board/api and @bull-board/ui", {
      hint: "Install them with `npm install @bull-board/api @bull-board/ui`.",
    });
  }
}
