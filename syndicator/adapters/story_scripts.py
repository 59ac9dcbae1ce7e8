"""The Lua of stories: bands looked up and kept, articles joined and parted.

As in ``scripts``: each script is one whole step. An article is told to these
as MessagePack: ``{id, tag, window, other, bands, ...}``. ``tag`` are three bytes
that stand for its publisher, ``window`` the number of the six days it was published
in, ``other`` that of the six days before or after, whichever are nearer.
A band holds at most four articles, one a publisher, each as ten bytes of its id
and its tag: of a text that more have, any four lead to the rest.
"""

from syndicator.adapters.lua_parts import CHANGED, TOLD
from syndicator.compare.signature import BAND_BYTES, MEETING

# near: what of other publishers shares two bands with an article, in its window and the nearer next
# to it, which hold all that is less than three days away.
# index: put its bands into its window. join: make one story of two articles and all joined to them;
# older stories keep their id and face. rebuild: all topics its members are filed in.
SHARED = (
    f"local REF, PLACE, PLACES, BAND, MEETING = 10, 13, 4, {BAND_BYTES}, {MEETING}\n"
    """
local function cut(bytes, length)
  local out = {}
  for at = 1, #bytes, length do out[#out + 1] = string.sub(bytes, at, at + length - 1) end
  return out
end
local function near(prefix, one)
  local counts, order, bands = {}, {}, cut(one.bands, BAND)
  for _, window in ipairs({one.window, one.other}) do
    for _, held in ipairs(redis.call('HMGET', prefix .. 'bands:' .. window, unpack(bands))) do
      for at = 1, held and #held or 0, PLACE do
        local ref = string.sub(held, at, at + REF - 1)
        if string.sub(held, at + REF, at + PLACE - 1) ~= one.tag and ref ~= one.ref then
          counts[ref] = (counts[ref] or 0) + 1
          if counts[ref] == MEETING then order[#order + 1] = ref end
        end
      end
    end
  end
  return counts, order
end
local function index(prefix, one)
  local key, bands, rows = prefix .. 'bands:' .. one.window, cut(one.bands, BAND), {}
  for place, held in ipairs(redis.call('HMGET', key, unpack(bands))) do
    local rest = {}
    for at = 1, held and #held or 0, PLACE do
      if string.sub(held, at + REF, at + PLACE - 1) ~= one.tag then
        rest[#rest + 1] = string.sub(held, at, at + PLACE - 1)
      end
    end
    if #rest < PLACES then
      rows[#rows + 1] = bands[place]
      rows[#rows + 1] = table.concat(rest) .. one.ref .. one.tag
    end
  end
  if #rows > 0 then redis.call('HSET', key, unpack(rows)) end
  redis.call('ZADD', prefix .. 'windows', one.window, one.window)
end
local function members(prefix, id)
  local story = redis.call('HGET', prefix .. 'stories', id)
  if not story then return nil, {id} end
  return story, redis.call('ZRANGE', prefix .. 'story:' .. story, 0, -1)
end
local function rebuild(prefix, ids)
  for _, id in ipairs(ids) do
    local filed = redis.call('HGET', prefix .. 'article:' .. id, 'topics') or ''
    for topic in string.gmatch(filed, '%S+') do bump(topic, id) end
  end
end
local function pair(one, other)
  if one < other then return one .. ' ' .. other end
  return other .. ' ' .. one
end
local function found(prefix, face)
  local key = prefix .. 'story:' .. face.id
  redis.call('ZADD', key, face.at, face.id)
  redis.call('HSET', prefix .. 'stories', face.id, face.id)
  redis.call('HSET', prefix .. 'faces', face.id, face.face)
  return face.id
end
local function join(prefix, one, other, at, forced)
  local mine, ours = members(prefix, one.id)
  local its, theirs = members(prefix, other.id)
  if mine and mine == its then return false end
  for _, a in ipairs(ours) do
    for _, b in ipairs(theirs) do
      if forced then
        redis.call('SREM', prefix .. 'parted', pair(a, b))
      elseif redis.call('SISMEMBER', prefix .. 'parted', pair(a, b)) == 1 then
        return false
      end
    end
  end
  mine = mine or found(prefix, one)
  its = its or found(prefix, other)
  local function began(story)
    return tonumber(redis.call('ZRANGE', prefix .. 'story:' .. story, 0, 0, 'WITHSCORES')[2])
  end
  local first, second = began(mine), began(its)
  local kept, gone = mine, its
  if second < first or (second == first and its < mine) then kept, gone = its, mine end
  local rows = redis.call('ZRANGE', prefix .. 'story:' .. gone, 0, -1, 'WITHSCORES')
  for i = 1, #rows, 2 do
    redis.call('ZADD', prefix .. 'story:' .. kept, rows[i + 1], rows[i])
    redis.call('HSET', prefix .. 'stories', rows[i], kept)
  end
  redis.call('DEL', prefix .. 'story:' .. gone)
  redis.call('HDEL', prefix .. 'faces', gone)
  redis.call('ZREM', prefix .. 'storied', gone)
  redis.call('ZADD', prefix .. 'storied', at, kept)
  rebuild(prefix, redis.call('ZRANGE', prefix .. 'story:' .. kept, 0, -1))
  return true
end
"""
)

# An article leaves its story. The rest goes on under the face of its oldest; one alone is no story.
LEAVE = """
local function oldest(prefix, id, story)
  for _, other in ipairs(redis.call('ZRANGE', prefix .. 'story:' .. story, 0, 1)) do
    if other ~= id then return other end
  end
  return ''
end
local function leave(prefix, id, story, heir, face, at)
  if redis.call('HGET', prefix .. 'stories', id) ~= story then return false end
  if oldest(prefix, id, story) ~= heir then return false end
  local key = prefix .. 'story:' .. story
  rebuild(prefix, redis.call('ZRANGE', key, 0, -1))
  redis.call('ZREM', key, id)
  redis.call('HDEL', prefix .. 'stories', id)
  redis.call('HDEL', prefix .. 'ties', id)
  local rows = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
  if #rows > 2 and id ~= story then
    redis.call('ZADD', prefix .. 'storied', at, story)
    return true
  end
  redis.call('DEL', key)
  redis.call('HDEL', prefix .. 'faces', story)
  redis.call('ZREM', prefix .. 'storied', story)
  for i = 1, #rows, 2 do
    if #rows == 2 then
      redis.call('HDEL', prefix .. 'stories', rows[i])
      redis.call('HDEL', prefix .. 'ties', rows[i])
    else
      redis.call('ZADD', prefix .. 'story:' .. heir, rows[i + 1], rows[i])
      redis.call('HSET', prefix .. 'stories', rows[i], heir)
    end
  end
  if #rows > 2 then
    redis.call('HSET', prefix .. 'faces', heir, face)
    redis.call('ZADD', prefix .. 'storied', at, heir)
  end
  return true
end
"""

# The part of ADMIT about stories. First it is asked for what came meanwhile, then it writes.
# Of several that leave one story, only the first leaves it as it is now.
# each: {id, ref, tag, window, bands, seen, ties = {{one, other, tie} ...},
# leaves, heir, face}.
ADMITTED = """
local function overtaken(prefix, comparisons)
  local left = {}
  for _, one in ipairs(comparisons) do
    local seen = {}
    for _, ref in ipairs(cut(one.seen, REF)) do seen[ref] = true end
    local _, order = near(prefix, one)
    for _, ref in ipairs(order) do
      if not seen[ref] then return true end
    end
    if one.leaves ~= '' then
      local story = redis.call('HGET', prefix .. 'stories', one.id)
      if not story then return true end
      if not left[story] then
        if story ~= one.leaves or oldest(prefix, one.id, story) ~= one.heir then return true end
        left[story] = true
      end
    end
  end
  return false
end
local function compared(prefix, comparisons, at)
  for _, one in ipairs(comparisons) do
    index(prefix, one)
    if one.leaves ~= '' then leave(prefix, one.id, one.leaves, one.heir, one.face, at) end
    for _, tie in ipairs(one.ties) do
      if join(prefix, tie.one, tie.other, at, false) then
        redis.call('HSETNX', prefix .. 'ties', one.id, tie.tie)
      end
    end
  end
end
"""

_BEGIN = CHANGED + "local prefix = ARGV[1]\n"
_DIRTY = "return dirty(prefix, ARGV[2])\n"

# ARGV: prefix, how many articles to return for each, the articles (MessagePack).
# Returns for each: all that are near, and the nearest as meta, body, story ('' for none), meta …
NEAR = (
    _BEGIN
    + SHARED
    + """
local function hex(byte) return string.format('%02x', string.byte(byte)) end
local out = {}
for _, one in ipairs(cmsgpack.unpack(ARGV[3])) do
  local counts, order = near(prefix, one)
  table.sort(order, function(a, b)
    if counts[a] ~= counts[b] then return counts[a] > counts[b] end
    return a < b
  end)
  local rows = {}
  for place = 1, math.min(#order, tonumber(ARGV[2])) do
    local id = string.gsub(order[place], '.', hex)
    local row = redis.call('HMGET', prefix .. 'article:' .. id, 'meta', 'body')
    if row[1] then
      rows[#rows + 1] = row[1]
      rows[#rows + 1] = row[2]
      rows[#rows + 1] = redis.call('HGET', prefix .. 'stories', id) or ''
    end
  end
  out[#out + 1] = {order, rows}
end
return out
"""
)

# ARGV: prefix, now, comparisons (MessagePack): ties articles that are stored. Returns the topics to
# rebuild.
TIE = (
    _BEGIN
    + SHARED
    + LEAVE
    + ADMITTED
    + "compared(prefix, cmsgpack.unpack(ARGV[3]), ARGV[2])\n"
    + _DIRTY
)

# ARGV: prefix, article ids with blanks between. Returns id and story of each that has one, then of
# each story: id, face, members, ties.
STORIES = (
    TOLD
    + """
local ids = {}
for id in string.gmatch(ARGV[2], '%S+') do ids[#ids + 1] = id end
return told(ARGV[1], ids)
"""
)

# ARGV: prefix, now, and MessagePack of {one, other, tie}; one and other as {id, at, face}.
# Returns the topics to rebuild.
JOIN = (
    _BEGIN
    + SHARED
    + """
local asked = cmsgpack.unpack(ARGV[3])
if join(prefix, asked.one, asked.other, ARGV[2], true) then
  redis.call('HSET', prefix .. 'ties', asked.one.id, asked.tie)
end
"""
    + _DIRTY
)

# ARGV: prefix, now, article, story it was seen in, the oldest of those left, its face, then all
# that are left. Returns the topics to rebuild, or nil when the story is not as it was seen.
PART = (
    _BEGIN
    + SHARED
    + LEAVE
    + """
if not leave(prefix, ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[2]) then return false end
for i = 7, #ARGV do redis.call('SADD', prefix .. 'parted', pair(ARGV[3], ARGV[i])) end
"""
    + _DIRTY
)

# ARGV: prefix, first window to keep. Returns how many windows went.
FORGET_BANDS = """
local old = redis.call('ZRANGEBYSCORE', ARGV[1] .. 'windows', '-inf', '(' .. ARGV[2])
for _, window in ipairs(old) do
  redis.call('UNLINK', ARGV[1] .. 'bands:' .. window)
  redis.call('ZREM', ARGV[1] .. 'windows', window)
end
return #old
"""
