-- What is committed of a room.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- ARGV[2]  room
-- Reply    gen, head, epoch, minEpoch, floor, archived, then tag, lowest admitted version of each evicted;
--          or COLD or RESTORING; or FENCE gen, DOUBT gen, MISSING
local function state(keys, args)
  local p, refused = opened(keys[1], args[1])
  if not p then
    return refused
  end
  local b = base(keys[1])
  local f = redis.call('HMGET', b .. 'r:' .. args[2], 'cHead', 'cEpoch', 'cMin', 'floor', 'archived')
  local refusal = closed(p, b .. 'r:' .. args[2], f[1])
  if refusal then
    return {refusal}
  end
  local reply = {int(p.gen), f[1], f[2], f[3], f[4], f[5]}
  for _, value in ipairs(redis.call('HGETALL', b .. 'a:' .. args[2])) do
    table.insert(reply, value)
  end
  return reply
end

redis.register_function{function_name = 'zamok_3_state', callback = state, flags = {'no-writes'}}
