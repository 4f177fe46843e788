import type { State } from "taskq";

/** Runs once in each worker process, after its last job. */
export default async function closeMailer({ state }: { state: State }) {
  state.mailer.sent.length = 0;
}
