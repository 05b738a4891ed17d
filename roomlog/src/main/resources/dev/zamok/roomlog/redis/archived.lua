-- Notes that the entries of a room up to a position are in the store.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- ARGV[2]  lease token
-- ARGV[3]  room
-- ARGV[4]  position
-- Reply    gen, n, OK or COLD or RESTORING or FENCED; or FENCE gen, DOUBT gen, MISSING
local function archived(keys, args)
  local m = keys[1]
  local p, refused = opened(m, args[1])
  if not p then
    return refused
  end
  local b = base(m)
  local r = b .. 'r:' .. args[3]
  local f = redis.call('HMGET', r, 'cHead', 'archived', 'done')
  local refusal = closed(p, r, f[1])
  if refusal then
    return {int(p.gen), int(p.n), refusal}
  end
  if tonumber(args[2]) < p.lease or after(args[4], f[1]) then
    return {int(p.gen), int(p.n), 'FENCED'}
  end
  if after(args[4], f[2]) then
    redis.call('HSET', r, 'archived', args[4])
    local last = redis.call('XREVRANGE', b .. 's:' .. args[3], args[4], '-', 'COUNT', 1)
    local done = tonumber(f[3])
    if last[1] and tonumber(last[1][2][6]) > done then
      local sum = tonumber(last[1][2][6])
      redis.call('HSET', r, 'done', int(sum))
      redis.call('HSET', m, 'backlog', int(math.max(0, p.backlog - (sum - done))))
    end
  end
  redis.call('HSET', m, 'time', int(now(p)))
  return {int(p.gen), int(p.n), 'OK'}
end

redis.register_function{function_name = 'zamok_3_archived', callback = archived, flags = {'allow-oom'}}
