-- A fenced write: with WAIT and commit after it, everything appended before is committed.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- Reply    gen, n; or FENCE gen, DOUBT gen, MISSING
local function barrier(keys, args)
  local p, refused = opened(keys[1], args[1])
  if not p then
    return refused
  end
  redis.call('HSET', keys[1], 'time', int(now(p)))
  return {int(p.gen), int(p.n)}
end

redis.register_function{function_name = 'zamok_3_barrier', callback = barrier, flags = {'allow-oom'}}
