/** Where a schedule is: its name is its own within a queue. */
export interface SchedulePlace {
  readonly queue: string;
  readonly name: string;
}
