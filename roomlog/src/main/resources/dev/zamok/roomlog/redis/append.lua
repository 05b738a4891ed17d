-- Appends up to 64 entries of one partition. Nothing is published: see commit.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- ARGV[2]  1 if members' entries are refused because the server is short of memory, else 0
-- ARGV[3]  bytes that are not archived, from which on members' entries are refused
-- ARGV[4]  uncommitted entries, from which on members' entries are refused
-- then for each entry
--   +1     room
--   +2     kind
--   +3     tag and message id, 24 bytes
--   +4     member version; - where there is no member
--   +5     epoch
--   +6     "" or, for authority kinds, "lease expectedEpoch minEpoch evictBelow"
--   +7     tag to evict, or ""
--   +8     blob
-- Reply    gen, n, then for each entry: +g-n appended, =g-n known before, or COLD RESTORING EVICTED HELD STALE
--          FENCED OVERLOADED; or FENCE gen, DOUBT gen, MISSING
local function append(keys, args)
  local m = keys[1]
  local b = base(m)
  local p, refused = opened(m, args[1])
  if not p then
    return refused
  end
  local time = now(p)
  local short = args[2] == '1' or p.backlog >= tonumber(args[3])
    or redis.call('LLEN', b .. 'o') >= tonumber(args[4])
  local rooms = {}
  local outbox = {}
  local reply = {'', ''}

  local function find(room)
    local r = rooms[room]
    if not r then
      local f = redis.call('HMGET', b .. 'r:' .. room, 'head', 'epoch', 'minEpoch', 'bytes', 'evicted')
      if not f[2] then
        return nil
      end
      r = {head = f[1], epoch = tonumber(f[2]), min = tonumber(f[3]), bytes = tonumber(f[4]),
        evicted = f[5], closed = closed(p, b .. 'r:' .. room, true)}
      rooms[room] = r
    end
    return r
  end

  local function one(at)
    local room, kind, key = args[at], args[at + 1], args[at + 2]
    local epoch, blob = tonumber(args[at + 4]), args[at + 7]
    local known = redis.call('HGET', b .. 'i:' .. room, key)
    if known and not (p.restoring and closed(p, b .. 'r:' .. room, true)) then
      return '=' .. known
    end
    local lease, expected, min, below = string.match(args[at + 5], '^(%d+) (%d+) (%d+) (%d+)$')
    local r = find(room)
    if not r or r.closed then
      if r or kind ~= '2' or tonumber(expected) ~= 0 then
        return closed(p, b .. 'r:' .. room, r)
      end
      if tonumber(lease) < p.lease then
        return 'FENCED'
      end
      r = {head = '0-0', epoch = 0, min = 0, bytes = 0, new = true}
    end
    if lease then
      if tonumber(lease) < p.lease or tonumber(expected) ~= r.epoch then
        return 'FENCED'
      end
    else
      if r.evicted and args[at + 3] ~= '-' then
        local admitted = redis.call('HGET', b .. 'e:' .. room, string.sub(key, 1, 8))
        if admitted and tonumber(args[at + 3]) < tonumber(admitted) then
          return 'EVICTED'
        end
      end
      if r.min > r.epoch then
        return 'HELD'
      end
      if epoch < r.min or epoch > r.epoch then
        return 'STALE'
      end
      if short then
        return 'OVERLOADED'
      end
    end
    p.n = p.n + 1
    local id = position(p.gen, p.n)
    local bytes = ENTRY_BYTES + #blob - 29
    r.bytes = r.bytes + bytes
    p.backlog = p.backlog + bytes
    if r.new then
      r.new = nil
      redis.call('HSET', b .. 'r:' .. room, 'floor', '0-0', 'archived', '0-0', 'done', '0', 'mended',
        p.restoring or '')
    end
    redis.call('XADD', b .. 's:' .. room, id, 'p', r.head, 't', int(time), 'c', int(r.bytes), 'b', blob)
    redis.call('HSET', b .. 'i:' .. room, key, id)
    table.insert(outbox, room .. ' ' .. id .. ' ' .. kind .. ' ' .. (min or '0'))
    r.head = id
    rooms[room] = r
    if kind == '2' then
      r.epoch = epoch
      r.min = math.max(r.min, tonumber(min))
      r.ruled = true
    elseif kind == '4' then
      r.min = math.max(r.min, tonumber(min))
      r.ruled = true
    elseif kind == '5' then
      local e = b .. 'e:' .. room
      local old = tonumber(redis.call('HGET', e, args[at + 6]) or '0')
      redis.call('HSET', e, args[at + 6], int(math.max(old, tonumber(below))))
      redis.call('HSET', b .. 'r:' .. room, 'evicted', '1')
      r.evicted = '1'
    end
    r.changed = true
    return '+' .. id
  end

  for at = 5, #args, 8 do
    table.insert(reply, one(at))
  end
  if #outbox > 0 then
    redis.call('RPUSH', b .. 'o', unpack(outbox))
  end
  for room, r in pairs(rooms) do
    if r.ruled then
      redis.call('HSET', b .. 'r:' .. room, 'head', r.head, 'epoch', int(r.epoch), 'minEpoch', int(r.min),
        'bytes', int(r.bytes))
    elseif r.changed then
      -- each argument of a change costs as much as a small command: all of them go to every replica
      redis.call('HSET', b .. 'r:' .. room, 'head', r.head, 'bytes', int(r.bytes))
    end
  end
  -- Always a write, so that the WAIT after it covers what a repeated entry refers to.
  redis.call('HSET', m, 'n', int(p.n), 'time', int(time), 'backlog', int(p.backlog))
  reply[1] = int(p.gen)
  reply[2] = int(p.n)
  return reply
end

redis.register_function{function_name = 'zamok_3_append', callback = append, flags = {'allow-oom'}}
