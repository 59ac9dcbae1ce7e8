"""Lua that several scripts begin with."""

# bump: a topic is to be rebuilt. dirty: rebuild all of those at a moment; returns their names.
CHANGED = """
local changed = {}
local function bump(topic) changed[topic] = true end
local function dirty(prefix, at)
  local names = {}
  for topic in pairs(changed) do
    redis.call('HINCRBY', prefix .. 'generations', topic, 1)
    redis.call('ZADD', prefix .. 'releases', 'LT', at, topic)
    names[#names + 1] = topic
  end
  return names
end
"""
