-- Makes entries that enough replicas have visible, and publishes them, in order.
-- KEYS[1]  m of the partition
-- ARGV[1]  generation in which they were appended
-- ARGV[2]  counter of the last one
-- Reply    OK; or STORING commit: they wait for the lease holder, who was told (over the channel waits: the
--          partition) and commits them by stored; or FENCE gen, DOUBT gen, MISSING
local function commit(keys, args)
  local m = keys[1]
  local p, refused = opened(m, args[1])
  if not p then
    return refused
  end
  if p.gen ~= tonumber(args[1]) then
    return {'FENCE', int(p.gen)}
  end
  local n = math.min(tonumber(args[2]), p.n)
  local oldest = p.stored and redis.call('LINDEX', base(m) .. 'o', 0)
  if oldest then
    local _, counter = split(string.match(oldest, '^%S+ (%S+) '))
    if counter <= n then
      if n > p.waited then
        redis.call('HSET', m, 'waited', int(n))
      end
      local prefix, partition = string.match(m, '^(.*){(%d+)}:m$')
      tell(prefix .. 'waits', partition)
      return {'STORING', int(math.min(p.commit, counter - 1))}
    end
  end
  if n > p.commit then
    publish(base(m), n, p)
    redis.call('HSET', m, 'commit', int(n))
  end
  return {'OK'}
end

redis.register_function{function_name = 'zamok_3_commit', callback = commit, flags = {'allow-oom'}}
