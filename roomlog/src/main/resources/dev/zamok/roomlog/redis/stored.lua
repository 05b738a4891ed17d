-- Commits what is in the store.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- ARGV[2]  lease token
-- ARGV[3…] positions of the entries that are stored, oldest first: the very ones that wait here, since after a
--          promotion their counters may be other entries'
-- Reply    gen, n, OK or FENCED; or FENCE gen, DOUBT gen, MISSING
local function waits(b, id, n)
  local from = 0
  while true do
    local batch = redis.call('LRANGE', b .. 'o', from, from + 63)
    for _, item in ipairs(batch) do
      local here = string.match(item, '^%S+ (%S+) ')
      local _, counter = split(here)
      if here == id or counter > n then
        return here == id
      end
    end
    if #batch < 64 then
      return false
    end
    from = from + 64
  end
end

local function stored(keys, args)
  local m = keys[1]
  local p, refused = opened(m, args[1])
  if not p then
    return refused
  end
  local only = {}
  for at = 3, #args do
    only[args[at]] = true
  end
  local last = args[#args]
  local _, n = split(last)
  if tonumber(args[2]) < p.lease or (n > p.commit and not waits(base(m), last, n)) then
    return {int(p.gen), int(p.n), 'FENCED'}
  end
  publish(base(m), n, p, only)
  if n > p.commit then
    redis.call('HSET', m, 'commit', int(n))
  end
  redis.call('HSET', m, 'time', int(now(p)))
  return {int(p.gen), int(p.n), 'OK'}
end

redis.register_function{function_name = 'zamok_2_stored', callback = stored, flags = {'allow-oom'}}
