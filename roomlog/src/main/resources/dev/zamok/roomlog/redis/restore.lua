-- Gives a room back that this log lost: all up to its head counts as trimmed. Brings one that it has forward to what
-- the store knows; nothing goes back. Positions given from now on are after the head. What waited uncommitted in a room
-- that lacks nothing is published; in one that does it is gone: it may have been said after what is lacking, such as
-- the hold of a removal, and nobody was told that it was in here.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- ARGV[2]  lease token
-- ARGV[3]  room
-- ARGV[4]  head
-- ARGV[5]  epoch
-- ARGV[6]  lowest accepted epoch
-- ARGV[7]  archived
-- ARGV[8]  position of the rekey of that epoch, or ""
-- ARGV[9]  its previous
-- ARGV[10] its time
-- ARGV[11] its blob
-- then for each tag that was evicted: tag, lowest admitted member version
-- Reply    gen, n, OK or THERE (nothing had to be changed) or FENCED; or FENCE gen, DOUBT gen, MISSING

-- What waits of a room, oldest first: what its stream has after its last committed entry. The outbox is as long as what
-- waits of all rooms, and each of them is given back: so it is not gone through, not even once for each room.
local function waiting(b, room)
  local f = redis.call('HMGET', b .. 'r:' .. room, 'head', 'cHead')
  local found = {}
  local from = f[2] or '0-0'
  local more = f[1] ~= from
  while more do
    local batch = redis.call('XRANGE', b .. 's:' .. room, '(' .. from, '+', 'COUNT', 64)
    for _, entry in ipairs(batch) do
      local item, late = place(b, entry[1])
      table.insert(found, {id = entry[1], item = item, late = late, blob = string.sub(entry[2][8], 1, 29)})
      from = entry[1]
    end
    more = #batch == 64
  end
  return found
end

local function out(b, one)
  if one.item then
    redis.call('LREM', b .. 'o', one.late and -1 or 1, one.item)
  end
end

-- Whether the store knows of something that this log never had, committed or not.
local function lacks(b, args)
  local f = redis.call('HMGET', b .. 'r:' .. args[3], 'head', 'epoch', 'minEpoch')
  return after(args[4], f[1]) or tonumber(args[5]) > tonumber(f[2]) or tonumber(args[6]) > tonumber(f[3])
end

local function settle(b, p, room)
  local last
  for _, one in ipairs(p.stored and {} or waiting(b, room)) do
    local _, counter = split(one.id)
    -- where enough replicas have it
    if one.item and counter <= p.commit then
      show(b, one.item)
      out(b, one)
      last = one.id
    end
  end
  if last then
    shown(b, room, last)
  end
end

-- As if it had never been appended. Who was put out stays out.
local function forget(b, m, p, room)
  local found = waiting(b, room)
  if #found == 0 then
    return
  end
  local r, s = b .. 'r:' .. room, b .. 's:' .. room
  for _, one in ipairs(found) do
    redis.call('HDEL', b .. 'i:' .. room, string.sub(one.blob, 2, 9) .. string.sub(one.blob, 14, 29))
    redis.call('XDEL', s, one.id)
    out(b, one)
  end
  local f = redis.call('HMGET', r, 'cHead', 'cEpoch', 'cMin', 'bytes', 'done')
  local newest = redis.call('XREVRANGE', s, '+', '-', 'COUNT', 1)
  local bytes = newest[1] and tonumber(newest[1][2][6]) or tonumber(f[5])
  p.backlog = math.max(0, p.backlog - (tonumber(f[4]) - bytes))
  redis.call('HSET', m, 'backlog', int(p.backlog))
  if newest[1] == nil then
    redis.call('DEL', s)
  end
  if f[1] then
    redis.call('HSET', r, 'head', f[1], 'epoch', f[2], 'minEpoch', f[3], 'bytes', int(bytes))
  else
    -- nothing of it was ever committed
    redis.call('DEL', r)
  end
end

-- All that is newer in the store; whether anything is.
local function forward(b, args)
  local room, head, archived = args[3], args[4], args[7]
  local epoch, min = tonumber(args[5]), tonumber(args[6])
  local r = b .. 'r:' .. room
  local f = redis.call('HMGET', r, 'head', 'epoch', 'minEpoch', 'cHead', 'archived', 'cMin', 'lost')
  local changed = false
  local visible = f[4] or '0-0'
  if after(head, f[1]) then
    -- Entries were lost. Who has the last one that is left must read the store, so the floor is above it.
    local _, headN = split(head)
    redis.call('HSET', r, 'head', head, 'cHead', head, 'floor', head)
    redis.call('ZADD', b .. 'h', headN, room)
    visible = head
    changed = true
  end
  if epoch > tonumber(f[2]) then
    redis.call('HSET', r, 'epoch', args[5], 'cEpoch', args[5])
    if args[8] ~= '' then
      redis.call('HSET', r, 'rId', args[8], 'rPrev', args[9], 'rTime', args[10], 'rBlob', args[11],
        'rEpoch', args[5], 'lost', int(math.max(epoch - 1, tonumber(f[7] or '0'))))
    end
    changed = true
  end
  if min > tonumber(f[3]) or min > tonumber(f[6] or '0') then
    redis.call('HSET', r, 'minEpoch', int(math.max(min, tonumber(f[3]))),
      'cMin', int(math.max(min, tonumber(f[6] or '0'))))
    changed = true
  end
  if after(archived, f[5]) and not after(archived, visible) then
    redis.call('HSET', r, 'archived', archived)
    changed = true
  end
  for at = 12, #args, 2 do
    for _, key in ipairs({b .. 'e:' .. room, b .. 'a:' .. room}) do
      if tonumber(args[at + 1]) > tonumber(redis.call('HGET', key, args[at]) or '0') then
        redis.call('HSET', key, args[at], args[at + 1])
        redis.call('HSET', r, 'evicted', '1')
        changed = true
      end
    end
  end
  return changed
end

local function restore(keys, args)
  local m = keys[1]
  local p, refused = opened(m, args[1])
  if not p then
    return refused
  end
  local b = base(m)
  local room, head = args[3], args[4]
  local r = b .. 'r:' .. room
  if tonumber(args[2]) < p.lease then
    return {int(p.gen), int(p.n), 'FENCED'}
  end
  local headGen, headN = split(head)
  if after(head, position(p.gen, p.n)) then
    -- Given after the floor was noted: this generation may have given such positions before it was lost.
    p.gen = math.max(p.gen, headGen) + 1
  end
  p.n = math.max(p.n, headN)
  redis.call('HSET', m, 'gen', int(p.gen), 'n', int(p.n))
  local answer = 'OK'
  if redis.call('EXISTS', r) == 1 and closed(p, r, true) then
    if lacks(b, args) then
      forget(b, m, p, room)
    else
      settle(b, p, room)
    end
  end
  if redis.call('EXISTS', r) == 1 then
    answer = forward(b, args) and 'OK' or 'THERE'
  else
    redis.call('HSET', r, 'head', head, 'epoch', args[5], 'minEpoch', args[6], 'bytes', '0', 'done', '0',
      'cHead', head, 'cEpoch', args[5], 'cMin', args[6], 'floor', head, 'archived', args[7])
    if args[8] ~= '' then
      redis.call('HSET', r, 'rId', args[8], 'rPrev', args[9], 'rTime', args[10], 'rBlob', args[11],
        'rEpoch', args[5])
    end
    for at = 12, #args, 2 do
      redis.call('HSET', r, 'evicted', '1')
      redis.call('HSET', b .. 'e:' .. room, args[at], args[at + 1])
      redis.call('HSET', b .. 'a:' .. room, args[at], args[at + 1])
    end
    if head ~= '0-0' then
      redis.call('ZADD', b .. 'h', headN, room)
    end
  end
  redis.call('HSET', r, 'mended', p.restoring or '')
  return {int(p.gen), int(p.n), answer}
end

redis.register_function{function_name = 'zamok_3_restore', callback = restore, flags = {'allow-oom'}}
