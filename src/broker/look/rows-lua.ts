/**
 * Reads a row of each id in ARGV[5..]: name, time, whether its error holds ARGV[2]; and what stands in the field ARGV[4], with the
 * error, where it has one. 0: it has left its line; a text: why it cannot be read.
 *
 * A job may have left between the two reads: only one that still stands in its line is unreadable. A list is looked at about where
 * the ids were, a window to each side, once for all of them: a search for each would hold the broker up.
 */
export const rowsLua = (window: number): string => `
local q, line, isList, text, from, found = KEYS[1], KEYS[2], ARGV[1] == '1', ARGV[2], tonumber(ARGV[3]), {}
local around
local function stands(id)
  if not isList then return redis.call('ZSCORE', line, id) end
  if not around then
    around = {}
    for _, each in ipairs(redis.call('LRANGE', line, math.max(0, from - ${window}), from + ${2 * window})) do around[each] = true end
  end
  return around[id]
end
for i = 5, #ARGV do
  local id = ARGV[i]
  local job = redis.pcall('HMGET', q .. id, 'name', 'timestamp', 'finishedOn', text ~= '' and 'failedReason' or 'name', ARGV[4])
  local row = 0
  if job.err then row = 'under its key stands no job'
  elseif not job[1] or not tonumber(job[3] or job[2]) then
    if stands(id) then row = job[1] and 'its record is incomplete' or 'its record is gone' end
  else
    local hasError = text == '' or string.find(string.lower(job[4] or ''), text, 1, true)
    row = { job[1], job[3] or job[2], hasError and 1 or 0 }
    if job[5] then row[4], row[5] = job[5], redis.call('HGET', q .. id, 'failedReason') end
  end
  found[#found + 1] = row
end
return found`;
