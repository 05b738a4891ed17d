-- The oldest entries that wait to be stored, those that enough replicas have; without those of rooms that are not
-- given back yet.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- ARGV[2]  most
-- Reply    gen, then room, id, previous, time, blob of each; or FENCE gen, DOUBT gen, MISSING
local function uncommitted(keys, args)
  local p, refused = opened(keys[1], args[1])
  if not p then
    return refused
  end
  local b = base(keys[1])
  local reply = {int(p.gen)}
  local most = 1 + 5 * tonumber(args[2])
  for _, item in ipairs(redis.call('LRANGE', b .. 'o', 0, p.restoring and -1 or tonumber(args[2]) - 1)) do
    local room, id = string.match(item, '^(%S+) (%S+) ')
    local _, counter = split(id)
    if counter > p.waited or #reply >= most then
      break
    end
    if not (p.restoring and closed(p, b .. 'r:' .. room, true)) then
      local fields = redis.call('XRANGE', b .. 's:' .. room, id, id)[1][2]
      table.insert(reply, room)
      table.insert(reply, id)
      table.insert(reply, fields[2])
      table.insert(reply, fields[4])
      table.insert(reply, fields[8])
    end
  end
  return reply
end

redis.register_function{function_name = 'zamok_2_uncommitted', callback = uncommitted, flags = {'no-writes'}}
