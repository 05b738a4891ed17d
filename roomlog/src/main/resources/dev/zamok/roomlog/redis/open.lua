-- Takes a partition into use on this server, after a fail-over or a restart of it. Whether it lacks anything that
-- was committed is for the lease holder to say: until then nobody else can use it, see claim.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- ARGV[2]  highest counter the caller saw
-- Reply    OPEN gen: go on; OPENING gen: WAIT, then confirm; MISSING: only a claim opens it
local function open(keys, args)
  local m = keys[1]
  local p = load(m)
  if not p then
    return {'MISSING'}
  end
  local seen = tonumber(args[1])
  local id = fence()
  if p.fence == id and p.gen >= seen then
    -- a write, so that WAIT means what it says
    redis.call('HSET', m, 'time', int(now(p)))
    if p.state == 'open' then
      return {'OPEN', int(p.gen)}
    end
    return {'OPENING', int(p.gen)}
  end
  local gen = math.max(p.gen, seen) + 1
  if gen > 16777215 then
    return redis.error_reply('ERR the generations are used up')
  end
  redis.call('HSET', m, 'gen', int(gen), 'n', int(math.max(p.n, tonumber(args[2]))), 'fence', id,
    'state', 'opening', 'time', int(now(p)), 'doubt', p.doubt or position(p.gen, p.n))
  return {'OPENING', int(gen)}
end

redis.register_function{function_name = 'zamok_3_open', callback = open, flags = {'allow-oom'}}
