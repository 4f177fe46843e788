/** What becomes of schedules and of their ticks. */
export type ScheduleEvent =
  | { readonly type: "tickSkipped"; readonly schedule: string; readonly scheduledFor: string; readonly holder: string }
  | {
      /** No run was begun for them, and none will be. */
      readonly type: "ticksMissed";
      readonly schedule: string;
      readonly count: number;
      readonly from: string;
      readonly to: string;
      readonly reason: string;
    }
  | {
      /** Each has a run after all. */
      readonly type: "ticksCaughtUp";
      readonly schedule: string;
      readonly count: number;
      readonly from: string;
      readonly to: string;
    }
  | { readonly type: "schedulesSynced"; readonly written: readonly string[]; readonly removed: readonly string[] }
  | {
      /** Another release leads: its schedules hold, not those of this process. */
      readonly type: "schedulesLed";
      readonly release: string;
    }
  | {
      /** What had gone wrong with a schedule was set right. */
      readonly type: "scheduleMended";
      readonly schedule: string;
      readonly reason: string;
    };
