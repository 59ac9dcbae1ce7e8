"""Lua that several scripts begin with."""

# bump: a topic is to be rebuilt, for the sake of an article if one is named. dirty: rebuild all of
# those at a moment, and the archives that hold, held or will hold the article; returns names.
CHANGED = """
local changed, touched = {}, {}
local function bump(topic, id)
  changed[topic] = true
  if id then
    touched[topic] = touched[topic] or {}
    table.insert(touched[topic], id)
  end
end
local function look_again(prefix, topic, ids)
  local base = string.match(topic, '^(.+)/archive$') or topic
  local shelf, stale = base .. '/archive', prefix .. 'stale:' .. base
  if redis.call('HEXISTS', prefix .. 'entered', shelf) == 0
    and redis.call('EXISTS', stale) == 0 then return end
  local generation = tonumber(redis.call('HGET', prefix .. 'generations', shelf) or '0')
  for _, id in ipairs(ids) do
    if redis.call('HEXISTS', prefix .. 'out:' .. shelf, id) == 1
      or redis.call('HEXISTS', prefix .. 'past:' .. shelf, id) == 1
      or redis.call('ZSCORE', stale, id) then
      redis.call('ZADD', stale, generation, id)
      changed[shelf] = true
    end
  end
end
local function dirty(prefix, at)
  local names = {}
  for topic, ids in pairs(touched) do look_again(prefix, topic, ids) end
  for topic in pairs(changed) do
    redis.call('HINCRBY', prefix .. 'generations', topic, 1)
    redis.call('ZADD', prefix .. 'releases', 'LT', at, topic)
    if not string.match(topic, '/archive$') then names[#names + 1] = topic end
  end
  return names
end
"""
