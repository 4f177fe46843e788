/**
 * What became of one job that was to be changed. `requested`: it was told, and has not ended yet. `gone`: it was removed, or
 * has moved on by itself. `refused`: it was left alone, and why.
 */
export type ActOutcome =
  | { readonly kind: "done" }
  | { readonly kind: "requested"; readonly reason: string }
  | { readonly kind: "gone" }
  | { readonly kind: "refused"; readonly reason: string };

/** In Lua: whether a job is the next run of a schedule. Without it BullMQ makes no later one. */
export const isNextRun = `
local function isNextRun(q, id)
  local schedule = redis.call('HGET', q .. id, 'rjk')
  local due = schedule and redis.call('ZSCORE', q .. 'repeat', schedule)
  return due and id == 'repeat:' .. schedule .. ':' .. due
end`;

export const nextRunReason = "it is the next run of a schedule, which would end with it";
