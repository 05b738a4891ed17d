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
  local shut = {}
  local at = 0
  local more = true
  while more do
    local batch = redis.call('LRANGE', b .. 'o', at, at + 63)
    for _, item in ipairs(batch) do
      local room, id = string.match(item, '^(%S+) (%S+) ')
      local _, counter = split(id)
      if counter > p.waited or #reply >= most then
        return reply
      end
      if p.restoring and shut[room] == nil then
        shut[room] = closed(p, b .. 'r:' .. room, true) ~= nil
      end
      if not shut[room] then
        local fields = redis.call('XRANGE', b .. 's:' .. room, id, id)[1][2]
        table.insert(reply, room)
        table.insert(reply, id)
        table.insert(reply, fields[2])
        table.insert(reply, fields[4])
        table.insert(reply, fields[8])
      end
    end
    at = at + #batch
    more = #batch == 64
  end
  return reply
end

redis.register_function{function_name = 'zamok_3_uncommitted', callback = uncommitted, flags = {'no-writes'}}
