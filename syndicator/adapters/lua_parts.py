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

# row: of an article known under a stamp nothing if it is not there, 1 if it is as it is known, else
# meta, body and stamp: of articles of an earlier desk a digest stands for it.
ROW = """
local function row(prefix, id, known)
  local key = prefix .. 'article:' .. id
  local mark, held = redis.call('HGET', key, 'stamp'), nil
  if not mark then
    held = redis.call('HMGET', key, 'meta', 'body')
    mark = held[1] and redis.sha1hex(held[1] .. (held[2] or ''))
  end
  if not mark then return false end
  if mark == known then return 1 end
  held = held or redis.call('HMGET', key, 'meta', 'body')
  return {held[1], held[2], mark}
end
"""

# stands: of a topic of the ledger the count, then {article, publication, …} that stand, then what
# is remembered of past ones of articles killed since; beside it the ids of those.
STANDS = """
local function stands(prefix, topic, since)
  local past, killed = {}, {}
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'killed', since, '+inf')) do
    local line = redis.call('HGET', prefix .. 'past:' .. topic, id)
    if line then
      past[#past + 1] = line
      killed[#killed + 1] = id
    end
  end
  return {
    tonumber(redis.call('HGET', prefix .. 'entered', topic) or '0'),
    redis.call('HGETALL', prefix .. 'out:' .. topic),
    past,
  }, killed
end
"""

# told: of articles those that are of a story, each with it; then the stories: id, face, members,
# ties.
TOLD = """
local function told(prefix, wanted)
  local ids, seen, out = {}, {}, {}
  for _, id in ipairs(wanted) do
    local story = redis.call('HGET', prefix .. 'stories', id)
    if story then
      ids[#ids + 1] = id
      ids[#ids + 1] = story
    end
    if story and not seen[story] then
      seen[story] = true
      local all = redis.call('ZRANGE', prefix .. 'story:' .. story, 0, -1)
      local ties = {}
      for at, one in ipairs(all) do ties[at] = redis.call('HGET', prefix .. 'ties', one) end
      out[#out + 1] = {story, redis.call('HGET', prefix .. 'faces', story), all, ties}
    end
  end
  return {ids, out}
end
"""

# ruled: id and rulings of each article that has any.
RULED = """
local function ruled(prefix, wanted)
  local out = {}
  for _, id in ipairs(wanted) do
    local lines = redis.call('HGET', prefix .. 'rulings', id)
    if lines then
      out[#out + 1] = id
      out[#out + 1] = lines
    end
  end
  return out
end
"""
