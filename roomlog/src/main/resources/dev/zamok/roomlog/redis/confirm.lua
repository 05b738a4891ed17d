-- Ends an opening once enough replicas know of it. What was uncommitted waits on: for the lease holder to say that
-- this server lacks nothing (see claim), or, where it must be stored first, to store it.
-- KEYS[1]  m of the partition
-- ARGV[1]  generation that was opened
-- Reply    OK; or FENCE gen, or MISSING
local function confirm(keys, args)
  local m = keys[1]
  local p = load(m)
  if not p then
    return {'MISSING'}
  end
  if p.gen ~= tonumber(args[1]) or p.fence ~= fence() then
    return {'FENCE', int(p.gen)}
  end
  if p.state ~= 'open' then
    redis.call('HSET', m, 'waited', int(p.n), 'state', 'open')
  end
  return {'OK'}
end

redis.register_function{function_name = 'zamok_3_confirm', callback = confirm, flags = {'allow-oom'}}
