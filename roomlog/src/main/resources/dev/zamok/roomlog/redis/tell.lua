-- Publishes what is not in the log: signals and notices. A client that publishes by itself has it sent to every replica.
-- ARGV[1]  channel
-- ARGV[2]  message
-- Reply    OK
local function say(keys, args)
  tell(args[1], args[2])
  return {'OK'}
end

redis.register_function{function_name = 'zamok_3_tell', callback = say, flags = {'allow-oom'}}
