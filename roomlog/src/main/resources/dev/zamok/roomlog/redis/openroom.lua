-- Gives a room state without a rekey; does nothing if it has any.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- ARGV[2]  room
-- ARGV[3]  epoch
-- Reply    gen, n, OK or RESTORING: the room may be one that is given back; or FENCE gen, DOUBT gen, MISSING
local function openroom(keys, args)
  local m = keys[1]
  local p, refused = opened(m, args[1])
  if not p then
    return refused
  end
  local r = base(m) .. 'r:' .. args[2]
  local known = redis.call('EXISTS', r) == 1
  if closed(p, r, known) == 'RESTORING' then
    return {int(p.gen), int(p.n), 'RESTORING'}
  end
  if not known then
    redis.call('HSET', r, 'head', '0-0', 'epoch', args[3], 'minEpoch', args[3], 'bytes', '0', 'done', '0',
      'cHead', '0-0', 'cEpoch', args[3], 'cMin', args[3], 'floor', '0-0', 'archived', '0-0')
  end
  redis.call('HSET', m, 'time', int(now(p)))
  return {int(p.gen), int(p.n), 'OK'}
end

redis.register_function{function_name = 'zamok_3_openroom', callback = openroom, flags = {'allow-oom'}}
