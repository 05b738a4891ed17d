-- Gives a room back that this log lost. All up to its head counts as trimmed; positions given from now on
-- are after it.
-- KEYS[1]  m of the partition
-- ARGV[1]  highest generation the caller saw
-- ARGV[2]  lease token
-- ARGV[3]  room
-- ARGV[4]  head
-- ARGV[5]  epoch
-- ARGV[6]  lowest accepted epoch
-- ARGV[7]  archived
-- ARGV[8]  position of the rekey of that epoch, or ""
-- ARGV[9]  its previous
-- ARGV[10] its time
-- ARGV[11] its blob
-- then for each tag that was evicted: tag, lowest admitted member version
-- Reply    gen, n, OK or THERE (the room has state: nothing was changed) or FENCED; or FENCE gen, or MISSING
local function restore(keys, args)
  local m = keys[1]
  local p, refused = opened(m, args[1])
  if not p then
    return refused
  end
  local b = base(m)
  local room, head = args[3], args[4]
  local r = b .. 'r:' .. room
  if tonumber(args[2]) < p.lease then
    return {int(p.gen), int(p.n), 'FENCED'}
  end
  if redis.call('EXISTS', r) == 1 then
    return {int(p.gen), int(p.n), 'THERE'}
  end
  local headGen, headN = split(head)
  if after(head, position(p.gen, p.n)) then
    -- Given after the floor was noted: this generation may have given such positions before it was lost.
    p.gen = math.max(p.gen, headGen) + 1
    p.n = math.max(p.n, headN)
    redis.call('HSET', m, 'gen', int(p.gen), 'n', int(p.n))
  end
  redis.call('HSET', r, 'head', head, 'epoch', args[5], 'minEpoch', args[6], 'bytes', '0', 'done', '0',
    'cHead', head, 'cEpoch', args[5], 'cMin', args[6], 'floor', head, 'archived', args[7])
  if args[8] ~= '' then
    redis.call('HSET', r, 'rId', args[8], 'rPrev', args[9], 'rTime', args[10], 'rBlob', args[11],
      'rEpoch', args[5])
  end
  for at = 12, #args, 2 do
    redis.call('HSET', r, 'evicted', '1')
    redis.call('HSET', b .. 'e:' .. room, args[at], args[at + 1])
    redis.call('HSET', b .. 'a:' .. room, args[at], args[at + 1])
  end
  if head ~= '0-0' then
    redis.call('ZADD', b .. 'h', headN, room)
  end
  return {int(p.gen), int(p.n), 'OK'}
end

redis.register_function{function_name = 'zamok_1_restore', callback = restore, flags = {'allow-oom'}}
