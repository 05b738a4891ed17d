-- Removes up to 128 of the oldest entries of a room, with their ids, and raises the floor.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- ARGV[2]  lease token
-- ARGV[3]  room
-- ARGV[4]  the last position to remove
-- ARGV[5]  1 if nothing ever is archived, else 0
-- Reply    gen, n, OK or MORE (ask again) or COLD or RESTORING or FENCED; or FENCE gen, DOUBT gen, MISSING
local function trim(keys, args)
  local m = keys[1]
  local p, refused = opened(m, args[1])
  if not p then
    return refused
  end
  local b = base(m)
  local room, cut = args[3], args[4]
  local r, s = b .. 'r:' .. room, b .. 's:' .. room
  local f = redis.call('HMGET', r, 'cHead', 'archived', 'done', 'lost', 'rId', 'floor')
  local refusal = closed(p, r, f[1])
  if refusal then
    return {int(p.gen), int(p.n), refusal}
  end
  local limit = args[5] == '1' and f[1] or f[2]
  if tonumber(args[2]) < p.lease or after(cut, limit) then
    return {int(p.gen), int(p.n), 'FENCED'}
  end
  redis.call('HSET', m, 'time', int(now(p)))
  local gone = redis.call('XRANGE', s, '-', cut, 'COUNT', 128)
  if #gone == 0 then
    return {int(p.gen), int(p.n), 'OK'}
  end
  local ids = {}
  for _, entry in ipairs(gone) do
    local blob = entry[2][8]
    table.insert(ids, string.sub(blob, 2, 9) .. string.sub(blob, 14, 29))
  end
  redis.call('HDEL', b .. 'i:' .. room, unpack(ids))
  local last = gone[#gone]
  local gen, n = split(last[1])
  redis.call('XTRIM', s, 'MINID', '=', position(gen, n + 1))
  -- where entries were lost it is above those that are left
  if after(last[1], f[6]) then
    redis.call('HSET', r, 'floor', last[1])
  end
  if redis.call('XLEN', s) == 0 then
    redis.call('DEL', s)
  end
  local sum, done = tonumber(last[2][6]), tonumber(f[3])
  if sum > done then
    redis.call('HSET', r, 'done', int(sum))
    redis.call('HSET', m, 'backlog', int(math.max(0, p.backlog - (sum - done))))
  end
  local k = b .. 'k:' .. room
  local rekeys = redis.call('ZRANGE', k, 0, -1, 'WITHSCORES')
  local lost = tonumber(f[4] or '0')
  for i = 1, #rekeys, 2 do
    if not after(rekeys[i], last[1]) then
      redis.call('ZREM', k, rekeys[i])
      if rekeys[i] ~= f[5] then
        lost = math.max(lost, tonumber(rekeys[i + 1]))
      end
    end
  end
  redis.call('HSET', r, 'lost', int(lost))
  return {int(p.gen), int(p.n), #gone == 128 and 'MORE' or 'OK'}
end

redis.register_function{function_name = 'zamok_3_trim', callback = trim, flags = {'allow-oom'}}
