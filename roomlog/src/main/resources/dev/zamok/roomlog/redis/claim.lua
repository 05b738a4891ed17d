-- Takes the lease of a partition, and opens one that lost everything. One that did has to be restored, see restored,
-- and so has one that is older than the floor, and one in doubt: unless its lease holder, who has been that since
-- before, vouches for it and it had come as far as his floor. Then what waited since the opening is published; of one
-- that has to be restored, room by room.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- ARGV[2]  lease token
-- ARGV[3]  floor: every position given from now on is after it
-- ARGV[4]  1 if entries are committed only once they are in the store, else 0
-- ARGV[5]  1 if all that the store knows of this log is at or before the floor, else 0
-- Reply    OPENING gen: WAIT, then confirm; gen, n, OK or FENCED; or FENCE gen
local function claim(keys, args)
  local m = keys[1]
  local floorGen, floorN = split(args[3])
  local function mode()
    if args[4] == '1' then
      redis.call('HSET', m, 'stored', '1')
    else
      redis.call('HDEL', m, 'stored')
    end
  end
  if redis.call('EXISTS', m) == 0 then
    local gen = math.max(tonumber(args[1]), floorGen) + 1
    redis.call('HSET', m, 'gen', int(gen), 'n', int(floorN), 'commit', int(floorN), 'fence', fence(),
      'state', 'opening', 'lease', args[2], 'time', '0', 'backlog', '0', 'restoring', int(gen))
    mode()
    return {'OPENING', int(gen)}
  end
  local p, refused = doubtful(m, args[1])
  if not p then
    return refused
  end
  if tonumber(args[2]) < p.lease then
    return {int(p.gen), int(p.n), 'FENCED'}
  end
  local lost = p.doubt and (args[5] ~= '1' or p.restoring or after(args[3], p.doubt))
  if after(args[3], position(p.gen, p.n)) then
    -- What is here is older than the floor: positions after it may have been given, in this very
    -- generation, and were lost with the rest.
    p.gen = math.max(p.gen, floorGen) + 1
    lost = true
  end
  -- archives go by counters
  p.n = math.max(p.n, floorN)
  if lost then
    -- Each opening has a new generation, so each restore has a new name.
    p.restoring = int(p.gen)
    redis.call('HSET', m, 'restoring', p.restoring)
  end
  if p.doubt and not p.stored then
    -- enough replicas have it, since the opening was confirmed
    publish(base(m), p.waited, p)
    redis.call('HSET', m, 'commit', int(math.max(p.commit, p.waited)))
  end
  redis.call('HDEL', m, 'doubt')
  if p.stored and args[4] ~= '1' then
    -- commits pass over what is left from before the last one
    publish(base(m), p.commit, p)
  end
  mode()
  redis.call('HSET', m, 'lease', args[2], 'gen', int(p.gen), 'n', int(p.n))
  return {int(p.gen), int(p.n), 'OK'}
end

redis.register_function{function_name = 'zamok_3_claim', callback = claim, flags = {'allow-oom'}}
