-- Commits what is in the store.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- ARGV[2]  lease token
-- ARGV[3]  counter of the last entry that is stored
-- Reply    gen, n, OK or FENCED; or FENCE gen, or MISSING
local function stored(keys, args)
  local m = keys[1]
  local p, refused = opened(m, args[1])
  if not p then
    return refused
  end
  if tonumber(args[2]) < p.lease or tonumber(args[3]) > p.n then
    return {int(p.gen), int(p.n), 'FENCED'}
  end
  local n = tonumber(args[3])
  if n > p.commit then
    publish(base(m), n)
    redis.call('HSET', m, 'commit', int(n))
  end
  redis.call('HSET', m, 'time', int(now(p)))
  return {int(p.gen), int(p.n), 'OK'}
end

redis.register_function{function_name = 'zamok_1_stored', callback = stored, flags = {'allow-oom'}}
