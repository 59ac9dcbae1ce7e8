"""The Lua that keeps rulings and the ledger of publications; see ``scripts`` for the manner."""

from syndicator.adapters.lua_parts import CHANGED, RULED, STANDS

# KEYS: rulings, killed, releases, generations
# ARGV: prefix, now, article, line, what it does ('kill', 'restore' or ''), field of the killed
# words ('' if none). Returns the topics to rebuild: where it is filed,
# stands or ever stood; none when the ruling was known.
RULE = (
    CHANGED
    + """
local id = ARGV[3]
local before = redis.call('HGET', KEYS[1], id) or ''
if string.find('\\n' .. before, '\\n' .. ARGV[4], 1, true) then return {} end
redis.call('HSET', KEYS[1], id, before .. ARGV[4])
local words = ARGV[1] .. 'ledger:killed'
if ARGV[5] == 'kill' then
  redis.call('ZADD', KEYS[2], ARGV[2], id)
  if ARGV[6] ~= '' then redis.call('HSET', words, ARGV[6], id) end
elseif ARGV[5] == 'restore' then
  redis.call('ZREM', KEYS[2], id)
  local rows = redis.call('HGETALL', words)
  for i = 1, #rows, 2 do
    if rows[i + 1] == id then redis.call('HDEL', words, rows[i]) end
  end
end
local filed = redis.call('HGET', ARGV[1] .. 'article:' .. id, 'topics') or ''
for topic in string.gmatch(filed, '%S+') do bump(topic, id) end
for _, topic in ipairs(redis.call('HKEYS', KEYS[4])) do
  if redis.call('HEXISTS', ARGV[1] .. 'out:' .. topic, id) == 1
    or redis.call('HEXISTS', ARGV[1] .. 'past:' .. topic, id) == 1 then bump(topic, id) end
end
return dirty(ARGV[1], ARGV[2])
"""
)

# ARGV: prefix, article ids with blanks between.
RULINGS = (
    RULED
    + """
local ids = {}
for id in string.gmatch(ARGV[2], '%S+') do ids[#ids + 1] = id end
return ruled(ARGV[1], ids)
"""
)

# ARGV: prefix, topic, killed since.
STANDING = (
    STANDS
    + """
local standing = stands(ARGV[1], ARGV[2], ARGV[3])
return standing
"""
)

# Remembers a publication that has ended beside those of the article before: it may have had other
# ids. Each stands behind its length in eight hexadecimal digits; one without is of an earlier desk.
_OVER = """
local MOST = 8
local function over(key, id, line)
  local held, parts, at = redis.call('HGET', key, id) or '', {}, 1
  if held ~= '' and string.byte(held) >= 128 then held = string.format('%08x', #held) .. held end
  held = held .. string.format('%08x', #line) .. line
  while at <= #held do
    local last = at + 7 + tonumber(string.sub(held, at, at + 7), 16)
    parts[#parts + 1] = string.sub(held, at, last)
    at = last + 1
  end
  redis.call('HSET', key, id, table.concat(parts, '', math.max(1, #parts - MOST + 1)))
end
"""

# KEYS: entered, publications
# ARGV: prefix, topic, count the lines were made over, then lines as for FINISH_RELEASE.
# Returns 1, or 0 when others wrote lines meanwhile.
ENTER = (
    _OVER
    + """
local topic = ARGV[2]
if tonumber(redis.call('HGET', KEYS[1], topic) or '0') ~= tonumber(ARGV[3]) then return 0 end
for i = 4, #ARGV, 3 do
  redis.call('XADD', KEYS[2], '*', 'p', ARGV[i + 2])
  if ARGV[i + 1] == '1' then
    redis.call('HSET', ARGV[1] .. 'out:' .. topic, ARGV[i], ARGV[i + 2])
  else
    redis.call('HDEL', ARGV[1] .. 'out:' .. topic, ARGV[i])
    over(ARGV[1] .. 'past:' .. topic, ARGV[i], ARGV[i + 2])
  end
  redis.call('HINCRBY', KEYS[1], topic, 1)
end
return 1
"""
)

# KEYS: releases, generations, entered, publications, notes
# ARGV: prefix, topic, generation, now, wake ('' if none), count the lines were made over ('' for
# no lines), name of a note ('' if none), the note, how many topics are marked, each with the moment
# after it, then for each line: article, '1' while it stands else '0', publication.
# Returns 1, or 0 when others wrote lines meanwhile: then none is written, the topic due now.
FINISH_RELEASE = (
    _OVER
    + """
local topic = ARGV[2]
if ARGV[7] ~= '' then redis.call('HSET', KEYS[5], ARGV[7], ARGV[8]) end
local lines = 10 + 2 * tonumber(ARGV[9])
for i = 10, lines - 1, 2 do
  redis.call('ZADD', KEYS[1], 'LT', ARGV[i + 1], ARGV[i])
  redis.call('HINCRBY', KEYS[2], ARGV[i], 1)
end
if ARGV[6] ~= '' and tonumber(redis.call('HGET', KEYS[3], topic) or '0') ~= tonumber(ARGV[6]) then
  redis.call('ZADD', KEYS[1], ARGV[4], topic)
  return 0
end
for i = lines, #ARGV, 3 do
  redis.call('XADD', KEYS[4], '*', 'p', ARGV[i + 2])
  if ARGV[i + 1] == '1' then
    redis.call('HSET', ARGV[1] .. 'out:' .. topic, ARGV[i], ARGV[i + 2])
  else
    redis.call('HDEL', ARGV[1] .. 'out:' .. topic, ARGV[i])
    over(ARGV[1] .. 'past:' .. topic, ARGV[i], ARGV[i + 2])
  end
  redis.call('HINCRBY', KEYS[3], topic, 1)
end
if tonumber(redis.call('HGET', KEYS[2], topic) or '0') ~= tonumber(ARGV[3]) then
  redis.call('ZADD', KEYS[1], ARGV[4], topic)
elseif ARGV[5] ~= '' then
  redis.call('ZADD', KEYS[1], ARGV[5], topic)
else
  redis.call('ZREM', KEYS[1], topic)
end
return 1
"""
)

# KEYS: quotas · ARGV: prefix, day, then for each licence: its key, the field of that day, its
# quota, how many articles, the articles. Returns 1, or 0 when one has too few places left: then
# nothing is written.
TAKE_PLACES = """
local fresh, i = {}, 3
while i <= #ARGV do
  local places, want = ARGV[1] .. 'quota:' .. ARGV[i], {}
  for j = i + 4, i + 3 + ARGV[i + 3] do
    if redis.call('HEXISTS', places, ARGV[j]) == 0 then want[#want + 1] = ARGV[j] end
  end
  local given = tonumber(redis.call('HGET', KEYS[1], ARGV[i + 1]) or '0')
  if #want > 0 and given + #want > tonumber(ARGV[i + 2]) then return 0 end
  fresh[#fresh + 1] = {places, ARGV[i + 1], want}
  i = i + 4 + ARGV[i + 3]
end
for _, one in ipairs(fresh) do
  for _, id in ipairs(one[3]) do
    redis.call('HSET', one[1], id, ARGV[2])
    redis.call('HINCRBY', KEYS[1], one[2], 1)
  end
end
return 1
"""
