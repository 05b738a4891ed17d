-- A page of the committed entries of a room.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- ARGV[2]  room
-- ARGV[3]  read after this position
-- ARGV[4]  most entries
-- ARGV[5]  most bytes of bodies; one entry is always given
-- Reply    gen, head, floor, complete (1 or 0), more (1 or 0), then id, previous, time, blob of each;
--          or COLD or RESTORING; or FENCE gen, DOUBT gen, MISSING
local function read(keys, args)
  local p, refused = opened(keys[1], args[1])
  if not p then
    return refused
  end
  local b = base(keys[1])
  local s = b .. 's:' .. args[2]
  local f = redis.call('HMGET', b .. 'r:' .. args[2], 'cHead', 'floor')
  local refusal = closed(p, b .. 'r:' .. args[2], f[1])
  if refusal then
    return {refusal}
  end
  local from, head, floor = args[3], f[1], f[2]
  local complete = not after(floor, from) and not after(from, head)
    and (from == floor or #redis.call('XRANGE', s, from, from) == 1)
  local reply = {int(p.gen), head, floor, complete and '1' or '0', '0'}
  local entries, bytes = 0, 0
  local max, bytesMax = tonumber(args[4]), tonumber(args[5])
  while after(head, from) do
    local batch = redis.call('XRANGE', s, '(' .. from, head, 'COUNT', 32)
    for _, entry in ipairs(batch) do
      local fields = entry[2]
      local size = #fields[8] - 29
      if entries == max or (entries > 0 and bytes + size > bytesMax) then
        reply[5] = '1'
        return reply
      end
      entries = entries + 1
      bytes = bytes + size
      table.insert(reply, entry[1])
      table.insert(reply, fields[2])
      table.insert(reply, fields[4])
      table.insert(reply, fields[8])
      from = entry[1]
    end
    if #batch == 0 then
      break
    end
  end
  return reply
end

redis.register_function{function_name = 'zamok_3_read', callback = read, flags = {'no-writes'}}
