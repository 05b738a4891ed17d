-- Whether there may be rooms that are not given back yet.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- Reply    gen, 0 or the name of the restore; or FENCE gen, DOUBT gen, MISSING
local function restoring(keys, args)
  local p, refused = opened(keys[1], args[1])
  if not p then
    return refused
  end
  return {int(p.gen), p.restoring or '0'}
end

redis.register_function{function_name = 'zamok_3_restoring', callback = restoring, flags = {'no-writes'}}
