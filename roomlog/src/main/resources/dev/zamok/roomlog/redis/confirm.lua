-- Ends an opening once enough replicas know of it: what was uncommitted is committed and published, or, where it
-- must be stored first, waits on.
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
    if p.stored then
      redis.call('HSET', m, 'waited', int(p.n), 'state', 'open')
    else
      publish(base(m), p.n)
      redis.call('HSET', m, 'commit', int(p.n), 'state', 'open')
    end
  end
  return {'OK'}
end

redis.register_function{function_name = 'zamok_1_confirm', callback = confirm, flags = {'allow-oom'}}
