-- The last committed entry of each of some rooms.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- ARGV[2…] rooms
-- Reply    gen, n, commit, then the head of each, "" where there is no such room; or FENCE gen, DOUBT gen, MISSING
local function heads(keys, args)
  local p, refused = opened(keys[1], args[1])
  if not p then
    return refused
  end
  local b = base(keys[1])
  local reply = {int(p.gen), int(p.n), int(p.commit)}
  for at = 2, #args do
    table.insert(reply, redis.call('HGET', b .. 'r:' .. args[at], 'cHead') or '')
  end
  return reply
end

redis.register_function{function_name = 'zamok_3_heads', callback = heads, flags = {'no-writes'}}
