-- The rooms whose last committed entry is after a position, in that order.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- ARGV[2]  position
-- ARGV[3]  most rooms
-- Reply    gen, n, commit, then room, head of each; or FENCE gen, DOUBT gen, MISSING
local function moved(keys, args)
  local p, refused = opened(keys[1], args[1])
  if not p then
    return refused
  end
  local b = base(keys[1])
  local _, n = split(args[2])
  local reply = {int(p.gen), int(p.n), int(p.commit)}
  local rooms = redis.call('ZRANGEBYSCORE', b .. 'h', '(' .. int(n), '+inf', 'LIMIT', 0, tonumber(args[3]))
  for _, room in ipairs(rooms) do
    table.insert(reply, room)
    table.insert(reply, redis.call('HGET', b .. 'r:' .. room, 'cHead'))
  end
  return reply
end

redis.register_function{function_name = 'zamok_3_moved', callback = moved, flags = {'no-writes'}}
