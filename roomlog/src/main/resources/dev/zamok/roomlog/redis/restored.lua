-- Ends a restore: every room there is has state now, and none that is older than the store. Without effect on another restore.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- ARGV[2]  lease token
-- ARGV[3]  the restore, as restoring names it
-- Reply    gen, n, OK or FENCED; or FENCE gen, DOUBT gen, MISSING
local function restored(keys, args)
  local m = keys[1]
  local p, refused = opened(m, args[1])
  if not p then
    return refused
  end
  if tonumber(args[2]) < p.lease or (p.restoring and p.restoring ~= args[3]) then
    return {int(p.gen), int(p.n), 'FENCED'}
  end
  redis.call('HDEL', m, 'restoring')
  p.restoring = false
  if not p.stored then
    -- of rooms that no store knows
    publish(base(m), p.commit, p)
  end
  redis.call('HSET', m, 'time', int(now(p)))
  return {int(p.gen), int(p.n), 'OK'}
end

redis.register_function{function_name = 'zamok_3_restored', callback = restored, flags = {'allow-oom'}}
