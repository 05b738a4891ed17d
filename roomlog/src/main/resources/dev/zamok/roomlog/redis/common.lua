-- What the functions share. Loaded first; see Functions.java.
--
-- Keys of a partition, all derived from KEYS[1] = <prefix>{t}:m (one hash tag, one server):
--   m    hash    gen, n (last counter), commit (last committed counter), fence, state (opening or open),
--                lease, time, backlog (bytes that are not archived); restoring: while there may be rooms
--                that are not given back yet, the generation in which that began; doubt: where this log ended
--                when it was opened on another server, until the lease holder says that nothing is missing;
--                stored: whether entries are committed by the lease holder alone, once they are in the store;
--                waited: the counter up to which enough replicas have them then
--   o    list    uncommitted entries, oldest first: "room g-n kind minEpoch"; while rooms are given back also
--                those of rooms that are not yet
--   h    zset    room -> counter of its last committed entry
--   r:R  hash    head, epoch, minEpoch, bytes, evicted (whether there is e): as the next append sees them
--                cHead, cEpoch, cMin: as far as committed; all that readers are told
--                rId, rPrev, rTime, rBlob, rEpoch: the newest committed rekey; lost: highest epoch of one gone
--                floor, archived; done: how many of bytes are archived or gone
--                mended: the last restore in which it was given back or compared with the store
--   s:R  stream  id g-n; p previous, t time, c bytes of the room so far, b blob
--   i:R  hash    tag and message id (24 bytes) -> g-n
--   e:R  hash    tag -> lowest admitted member version; a:R the same as far as committed
--   k:R  zset    g-n of the rekeys in the stream -> epoch
--   c:R  channel of the room (sharded pub/sub)
-- R is the room in base64url; a blob is kind u8, tag 8, epoch u32, message id 16, body.
-- Lua numbers are doubles: generation and counter stay apart, as "g-n".

local ENTRY_BYTES = 73 -- what an entry counts with beside its body, as everywhere

local function int(number)
  return string.format('%.0f', number)
end

local function position(gen, n)
  return int(gen) .. '-' .. int(n)
end

local function split(pos)
  local gen, n = string.match(pos, '^(%d+)-(%d+)$')
  return tonumber(gen), tonumber(n)
end

-- Whether position a is after b.
local function after(a, b)
  local ag, an = split(a)
  local bg, bn = split(b)
  return ag > bg or (ag == bg and an > bn)
end

local function base(key)
  return string.sub(key, 1, -2)
end

local function u32(bytes, at)
  local a, b, c, d = string.byte(bytes, at, at + 3)
  return ((a * 256 + b) * 256 + c) * 256 + d
end

-- The replication id, which a promotion and a restart change; nil on a replica. Once per call.
local function fence()
  local info = redis.call('INFO', 'replication')
  if string.match(info, 'role:(%a+)') ~= 'master' then
    return nil
  end
  return string.match(info, 'master_replid:(%x+)')
end

local function load(m)
  local f = redis.call('HMGET', m, 'gen', 'n', 'commit', 'fence', 'state', 'lease', 'time', 'backlog',
    'restoring', 'stored', 'waited', 'doubt')
  if not f[1] then
    return nil
  end
  return {
    gen = tonumber(f[1]), n = tonumber(f[2]), commit = tonumber(f[3]), fence = f[4], state = f[5],
    lease = tonumber(f[6]), time = tonumber(f[7]), backlog = tonumber(f[8]),
    restoring = f[9], stored = f[10], waited = tonumber(f[11] or '0'), doubt = f[12]
  }
end

-- The partition if it is open, on this server, and not behind what the caller saw; else nil and a reply.
-- It may lack what was committed elsewhere: only the lease holder may use it then.
local function doubtful(m, seen)
  local p = load(m)
  if not p then
    return nil, {'MISSING'}
  end
  if p.state ~= 'open' or p.gen < tonumber(seen) or p.fence ~= fence() then
    return nil, {'FENCE', int(p.gen)}
  end
  return p
end

-- The same, and it lacks nothing.
local function opened(m, seen)
  local p, refused = doubtful(m, seen)
  if p and p.doubt then
    return nil, {'DOUBT', int(p.gen)}
  end
  return p, refused
end

-- Why a room cannot be used, nil if it can: it has no state, or one that may be older than what the store says.
local function closed(p, r, known)
  if not known then
    return p.restoring and 'RESTORING' or 'COLD'
  end
  if p.restoring and redis.call('HGET', r, 'mended') ~= p.restoring then
    return 'RESTORING'
  end
  return nil
end

local function now(p)
  local t = redis.call('TIME')
  return math.max(tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000), p.time)
end

-- Nobody listens at a replica, so none is told: they would get every body twice.
local function tell(channel, message)
  redis.set_repl(redis.REPL_NONE)
  redis.call('SPUBLISH', channel, message)
  redis.set_repl(redis.REPL_ALL)
end

-- Publishes one item of the outbox, and makes what it did to its room visible. Yields room, id, counter.
local function show(b, item)
  local room, id, kind, min = string.match(item, '^(%S+) (%S+) (%d+) (%d+)$')
  local found = redis.call('XRANGE', b .. 's:' .. room, id, id)
  local fields = found[1][2]
  local prev, time, blob = fields[2], fields[4], fields[8]
  local r = b .. 'r:' .. room
  if kind == '2' then
    local old = redis.call('HMGET', r, 'rId', 'rEpoch', 'cMin')
    local epoch = int(u32(blob, 10))
    redis.call('HSET', r, 'cMin', int(math.max(tonumber(min), tonumber(old[3] or '0'))))
    redis.call('ZADD', b .. 'k:' .. room, epoch, id)
    -- one that was given back may be newer
    if not old[2] or tonumber(epoch) > tonumber(old[2]) then
      if old[1] and not redis.call('ZSCORE', b .. 'k:' .. room, old[1]) then
        redis.call('HSET', r, 'lost', old[2])
      end
      redis.call('HSET', r, 'rId', id, 'rPrev', prev, 'rTime', time, 'rBlob', blob, 'rEpoch', epoch,
        'cEpoch', epoch)
    end
  elseif kind == '4' then
    local old = tonumber(redis.call('HGET', r, 'cMin') or '0')
    redis.call('HSET', r, 'cMin', int(math.max(tonumber(min), old)))
  elseif kind == '5' then
    local tag = string.sub(blob, 30, 37)
    local old = tonumber(redis.call('HGET', b .. 'a:' .. room, tag) or '0')
    redis.call('HSET', b .. 'a:' .. room, tag, int(math.max(u32(blob, 38), old)))
  end
  tell(b .. 'c:' .. room, 'E' .. id .. ' ' .. prev .. ' ' .. time .. '\n' .. blob)
  return room, id
end

-- The last of a room that was published.
local function shown(b, room, id)
  local r = b .. 'r:' .. room
  if after(id, redis.call('HGET', r, 'cHead') or '0-0') then
    local _, counter = split(id)
    redis.call('HSET', r, 'cHead', id)
    redis.call('ZADD', b .. 'h', counter, room)
  end
end

local function published(b, last)
  for room, id in pairs(last) do
    shown(b, room, id)
  end
end

-- Where in the outbox, which is in the order of counters, the items after a counter begin.
local function behind(b, n)
  local low, high = 0, redis.call('LLEN', b .. 'o')
  while low < high do
    local middle = math.floor((low + high) / 2)
    local _, counter = split(string.match(redis.call('LINDEX', b .. 'o', middle), '^%S+ (%S+) '))
    if counter <= n then
      low = middle + 1
    else
      high = middle
    end
  end
  return low
end

-- The item of an entry in the outbox, nil if it does not wait there; and whether it is nearer to the end.
local function place(b, id)
  local _, n = split(id)
  local at = behind(b, n - 1)
  local item = redis.call('LINDEX', b .. 'o', at)
  if not item or string.match(item, '^%S+ (%S+) ') ~= id then
    return nil
  end
  return item, 2 * at > redis.call('LLEN', b .. 'o')
end

-- Publishes up to counter n what does not belong to a room that is not given back yet, or not compared with the store:
-- that waits on, see restore. What it passed over up to the last commit it passes over unread, as long as nothing is
-- stored first (see claim): who is given back takes his own along.
local function sift(b, n, p)
  local shut = {}
  local last = {}
  local at = p.stored and 0 or behind(b, p.commit)
  local more = true
  while more do
    local batch = redis.call('LRANGE', b .. 'o', at, at + 63)
    more = #batch == 64
    for _, item in ipairs(batch) do
      local room, id = string.match(item, '^(%S+) (%S+) ')
      local _, counter = split(id)
      if counter > n then
        more = false
        break
      end
      if shut[room] == nil then
        shut[room] = closed(p, b .. 'r:' .. room, true) ~= nil
      end
      if shut[room] then
        at = at + 1
      else
        show(b, item)
        redis.call('LREM', b .. 'o', -1, item)
        last[room] = id
      end
    end
  end
  published(b, last)
end

-- Publishes the outbox of partition p up to counter n, in order.
local function publish(b, n, p)
  if p.restoring then
    return sift(b, n, p)
  end
  local last = {}
  local taken = true
  while taken do
    local batch = redis.call('LRANGE', b .. 'o', 0, 63)
    local count = 0
    for _, item in ipairs(batch) do
      local _, counter = split(string.match(item, '^%S+ (%S+) '))
      if counter > n then
        break
      end
      count = count + 1
      local room, id = show(b, item)
      last[room] = id
    end
    if count > 0 then
      redis.call('LTRIM', b .. 'o', count, -1)
    end
    taken = count == 64
  end
  published(b, last)
end
