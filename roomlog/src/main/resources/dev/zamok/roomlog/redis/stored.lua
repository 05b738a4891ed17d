-- Commits what is in the store.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- ARGV[2]  lease token
-- ARGV[3…] positions of the entries that are stored, oldest first: the very ones that wait here, since after a
--          promotion their counters may be other entries'
-- Reply    gen, n, OK or FENCED; or FENCE gen, DOUBT gen, MISSING
local function commitStored(b, p, ids, from)
  local last = {}
  for at = from, #ids do
    local item, late = place(b, ids[at])
    local room = item and string.match(item, '^%S+')
    if item and not (p.restoring and closed(p, b .. 'r:' .. room, true)) then
      show(b, item)
      redis.call('LREM', b .. 'o', late and -1 or 1, item)
      last[room] = ids[at]
    end
  end
  published(b, last)
end

local function stored(keys, args)
  local m = keys[1]
  local p, refused = opened(m, args[1])
  if not p then
    return refused
  end
  local last = args[#args]
  local _, n = split(last)
  if tonumber(args[2]) < p.lease or (n > p.commit and not place(base(m), last)) then
    return {int(p.gen), int(p.n), 'FENCED'}
  end
  commitStored(base(m), p, args, 3)
  if n > p.commit then
    redis.call('HSET', m, 'commit', int(n))
  end
  redis.call('HSET', m, 'time', int(now(p)))
  return {int(p.gen), int(p.n), 'OK'}
end

redis.register_function{function_name = 'zamok_3_stored', callback = stored, flags = {'allow-oom'}}
