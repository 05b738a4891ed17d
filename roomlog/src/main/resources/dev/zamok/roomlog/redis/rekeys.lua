-- The committed rekeys above an epoch, oldest first; the newest alone if they are too many or some are gone.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- ARGV[2]  room
-- ARGV[3]  epoch
-- ARGV[4]  most
-- Reply    gen, then id, previous, time, blob of each; or COLD or RESTORING; or FENCE gen, DOUBT gen, MISSING
local function rekeys(keys, args)
  local p, refused = opened(keys[1], args[1])
  if not p then
    return refused
  end
  local b = base(keys[1])
  local f = redis.call('HMGET', b .. 'r:' .. args[2], 'cHead', 'rId', 'rPrev', 'rTime', 'rBlob', 'rEpoch',
    'lost')
  local refusal = closed(p, b .. 'r:' .. args[2], f[1])
  if refusal then
    return {refusal}
  end
  local reply = {int(p.gen)}
  local known = tonumber(args[3])
  if not f[2] or tonumber(f[6]) <= known then
    return reply
  end
  if tonumber(f[7] or '0') <= known then
    local ids = redis.call('ZRANGEBYSCORE', b .. 'k:' .. args[2], '(' .. args[3], '(' .. f[6],
      'LIMIT', 0, tonumber(args[4]))
    if #ids < tonumber(args[4]) then
      for _, id in ipairs(ids) do
        local fields = redis.call('XRANGE', b .. 's:' .. args[2], id, id)[1][2]
        table.insert(reply, id)
        table.insert(reply, fields[2])
        table.insert(reply, fields[4])
        table.insert(reply, fields[8])
      end
    end
  end
  for at = 2, 5 do
    table.insert(reply, f[at])
  end
  return reply
end

redis.register_function{function_name = 'zamok_3_rekeys', callback = rekeys, flags = {'no-writes'}}
