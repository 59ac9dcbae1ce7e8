"""The Lua that changes the store, each script one whole step, loaded by name.

KEYS and ARGV are described above each script; the key table stands in
``redis_library``; those of rulings and publications in ``rights_scripts``. Times are milliseconds since the epoch. Payloads are
MessagePack made by the adapter and opaque here, except where said.
"""

from syndicator.adapters.lua_parts import CHANGED
from syndicator.adapters.story_scripts import ADMITTED, LEAVE, SHARED

# KEYS: due, sources · ARGV: now, then source ids. Makes the due set exactly these.
ENROLL = """
local want = {}
for i = 2, #ARGV do
  want[ARGV[i]] = true
  redis.call('ZADD', KEYS[1], 'NX', ARGV[1], ARGV[i])
end
for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if not want[member] then redis.call('ZREM', KEYS[1], member) end
end
return 1
"""

# KEYS: due, claims, sources · ARGV: now, lease end, limit, token.
# Returns source, state, source, state … for each claimed.
CLAIM_DUE = """
local out = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])) do
  redis.call('ZADD', KEYS[1], ARGV[2], id)
  redis.call('HSET', KEYS[2], id, ARGV[4] .. ' ' .. ARGV[2])
  out[#out + 1] = id
  out[#out + 1] = redis.call('HGET', KEYS[3], id) or ''
end
return out
"""

# KEYS: due, claims, sources · ARGV: now, lease end, token, then sources.
# Returns for each the state ('' if none) and when it was due ('' if not enrolled), or nil and nil
# while another claim runs.
CLAIM = """
local out = {}
for i = 4, #ARGV do
  local held = redis.call('HGET', KEYS[2], ARGV[i])
  if held and tonumber(string.match(held, ' (%d+)$')) > tonumber(ARGV[1]) then
    out[#out + 1] = false
    out[#out + 1] = false
  else
    local due = redis.call('ZSCORE', KEYS[1], ARGV[i]) or ''
    redis.call('ZADD', KEYS[1], 'XX', ARGV[2], ARGV[i])
    redis.call('HSET', KEYS[2], ARGV[i], ARGV[3] .. ' ' .. ARGV[2])
    out[#out + 1] = redis.call('HGET', KEYS[3], ARGV[i]) or ''
    out[#out + 1] = due
  end
end
return out
"""

# KEYS: turns · ARGV: host, now, interval. Returns the moment of the place taken.
TAKE_TURN = """
local free = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0')
local at = math.max(free, tonumber(ARGV[2]))
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', at + tonumber(ARGV[3])))
return string.format('%.0f', at)
"""

# Makes a source due again that was hurried while it was claimed.
_HURRY = """
local function hurry(due, hurried, id)
  local at = redis.call('HGET', hurried, id)
  if at then
    redis.call('HDEL', hurried, id)
    redis.call('ZADD', due, 'XX', 'LT', at, id)
  end
end
"""

# KEYS: due, claims, hurried · ARGV: source, at.
HASTEN = """
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then
  redis.call('ZADD', KEYS[1], 'XX', 'LT', ARGV[2], ARGV[1])
else
  local known = redis.call('HGET', KEYS[3], ARGV[1])
  if not known or tonumber(ARGV[2]) < tonumber(known) then
    redis.call('HSET', KEYS[3], ARGV[1], ARGV[2])
  end
end
return 1
"""

# KEYS: due, claims, sources, hurried
# ARGV: token, source, state, next due, and again for each poll. Returns for each 1, or 0: claim lost.
FINISH = (
    _HURRY
    + """
local out = {}
for i = 1, #ARGV, 4 do
  local held = redis.call('HGET', KEYS[2], ARGV[i + 1])
  if not held or string.match(held, '^(%S+)') ~= ARGV[i] then
    out[#out + 1] = 0
  else
    redis.call('HDEL', KEYS[2], ARGV[i + 1])
    redis.call('HSET', KEYS[3], ARGV[i + 1], ARGV[i + 2])
    redis.call('ZADD', KEYS[1], 'XX', ARGV[i + 3], ARGV[i + 1])
    hurry(KEYS[1], KEYS[4], ARGV[i + 1])
    out[#out + 1] = 1
  end
end
return out
"""
)

# raw: an id as the ledger holds it. version: that of an article, '0' where the ledger does not know it.
LEDGER = """
local function raw(id)
  return (string.gsub(id, '..', function(two) return string.char(tonumber(two, 16)) end))
end
local function version(prefix, ref)
  local known = redis.call('HGET', prefix .. 'known', ref)
  return known and string.match(known, '^%d+') or '0'
end
"""

# What no article ever had, nor has in a store that was emptied, or fell back to what it was, since.
_STAMP = """
local function stamp(prefix)
  local time = redis.call('TIME')
  return string.format('%x.%x.%x', time[1], time[2], redis.call('INCR', prefix .. 'stamps'))
end
"""

# Files one article: removes it from topics it left, adds it where it stands, bumps changed topics.
_FILE = """
local function file(prefix, id, score, want, force)
  local key = prefix .. 'article:' .. id
  local old = redis.call('HGET', key, 'topics') or ''
  local now, had = {}, {}
  for topic in string.gmatch(want, '%S+') do now[topic] = true end
  for topic in string.gmatch(old, '%S+') do
    had[topic] = true
    if not now[topic] then
      redis.call('ZREM', prefix .. 'topic:' .. topic, id)
      bump(topic, id)
    end
  end
  for topic in pairs(now) do
    redis.call('ZADD', prefix .. 'topic:' .. topic, score, id)
    if force or not had[topic] then bump(topic, id) end
  end
  redis.call('HSET', key, 'topics', want)
end
"""

# Appends to a list; of a full one the second goes, so that the first and the newest stay.
_KEEP = """
local function keep(key, record, most)
  if redis.call('RPUSH', key, record) > most then
    redis.call('LSET', key, 1, '')
    redis.call('LREM', key, 1, '')
  end
end
"""

# KEYS: due, claims, sources, articles, hurried
# ARGV: prefix, token, source, state, next due ('' keeps the claim), now, most versions, most
# sightings, comparisons (``story_scripts``), '1' to look for what they have missed, then for each arrival: id, expected version ('' adds
# keys only), words that must not be a killed article's ('' for any), the version replaced ('' for
# none), the sighting ('' for none), how many of the keys may be taken from others, count of keys,
# the keys, and unless keys only: meta, body, known, score, topics.
# Returns {'lost'} | {'conflict'} | {'stored', topic, …}. Nothing is written unless 'stored'.
ADMIT = (
    CHANGED
    + _STAMP
    + _FILE
    + _HURRY
    + _KEEP
    + LEDGER
    + SHARED
    + LEAVE
    + ADMITTED
    + """
local prefix, comparisons, first = ARGV[1], cmsgpack.unpack(ARGV[9]), 11
local ledger = prefix .. 'ledger'
local held = redis.call('HGET', KEYS[2], ARGV[3])
if not held or string.match(held, '^(%S+)') ~= ARGV[2] then return {'lost'} end
local i = first
while i <= #ARGV do
  local id, expects, takes, count = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 5]), tonumber(ARGV[i + 6])
  if expects ~= '' then
    if version(prefix, raw(id)) ~= expects then return {'conflict'} end
  end
  if ARGV[i + 2] ~= '' and redis.call('HEXISTS', prefix .. 'ledger:killed', ARGV[i + 2]) == 1 then
    return {'conflict'}
  end
  i = i + 7
  if count > takes then
    local ref = raw(id)
    for _, owner in ipairs(redis.call('HMGET', ledger, unpack(ARGV, i + takes, i + count - 1))) do
      if owner and owner ~= ref then return {'conflict'} end
    end
  end
  i = i + count
  if expects ~= '' then i = i + 5 end
end
if ARGV[10] == '1' and overtaken(prefix, comparisons) then return {'conflict'} end
i = first
while i <= #ARGV do
  local id, expects, count = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 6])
  local replaced, seen, fresh = ARGV[i + 3], ARGV[i + 4], 0
  local ref, pairs_of = raw(id), {}
  i = i + 7
  for _ = 1, count do
    pairs_of[#pairs_of + 1] = ARGV[i]
    pairs_of[#pairs_of + 1] = ref
    i = i + 1
  end
  if count > 0 then fresh = redis.call('HSET', ledger, unpack(pairs_of)) end
  if replaced ~= '' then keep(prefix .. 'versions:' .. id, replaced, tonumber(ARGV[7])) end
  if seen ~= '' and fresh > 0 then keep(prefix .. 'seen:' .. id, seen, tonumber(ARGV[8])) end
  if expects ~= '' then
    local key = prefix .. 'article:' .. id
    redis.call('HSET', key, 'meta', ARGV[i], 'body', ARGV[i + 1], 'stamp', stamp(prefix))
    redis.call('HSET', prefix .. 'known', ref, ARGV[i + 2])
    redis.call('ZADD', KEYS[4], ARGV[i + 3], id)
    file(prefix, id, ARGV[i + 3], ARGV[i + 4], true)
    i = i + 5
  end
end
compared(prefix, comparisons, ARGV[6])
redis.call('HSET', KEYS[3], ARGV[3], ARGV[4])
if ARGV[5] ~= '' then
  redis.call('HDEL', KEYS[2], ARGV[3])
  redis.call('ZADD', KEYS[1], 'XX', ARGV[5], ARGV[3])
  hurry(KEYS[1], KEYS[5], ARGV[3])
end
local out = {'stored'}
for _, topic in ipairs(dirty(prefix, ARGV[6])) do out[#out + 1] = topic end
return out
"""
)

# ARGV: prefix, now, '1' for also what stands in a feed, then for each: id, known before, known after.
# Returns how many articles went. A copy that stands in no feed may be named there.
RETIRE = (
    CHANGED
    + _FILE
    + LEDGER
    + """
local prefix, gone, shelves = ARGV[1], 0, {}
local function archived(prefix, topic, id)
  return redis.call('HEXISTS', prefix .. 'out:' .. topic .. '/archive', id) == 1
    or redis.call('ZSCORE', prefix .. 'stale:' .. topic, id)
end
for _, name in ipairs(redis.call('HKEYS', prefix .. 'entered')) do
  local topic = string.match(name, '^[^@]+')  -- TOPIC, or TOPIC@SUBSCRIBER
  shelves[topic] = shelves[topic] or {}
  table.insert(shelves[topic], name)
end
for i = 4, #ARGV, 3 do
  local id = ARGV[i]
  local key = prefix .. 'article:' .. id
  local ref, filed = raw(id), redis.call('HGET', key, 'topics')
  local stands, storied = false, redis.call('HEXISTS', prefix .. 'stories', id) == 1
  for topic in string.gmatch(filed or '', '%S+') do
    for _, shelf in ipairs(shelves[topic] or {}) do
      stands = stands or redis.call('HEXISTS', prefix .. 'out:' .. shelf, id) == 1
    end
  end
  local known = redis.call('HGET', prefix .. 'known', ref)
  local held = known == ARGV[i + 1] and redis.call('EXISTS', key) == 1
  if held and (ARGV[3] == '1' or not stands) then
    for topic in string.gmatch(filed or '', '%S+') do
      redis.call('ZREM', prefix .. 'topic:' .. topic, id)
      if stands or storied or archived(prefix, topic, id) then bump(topic, id) end
    end
    redis.call('HSET', prefix .. 'known', ref, ARGV[i + 2])
    redis.call('DEL', key, prefix .. 'versions:' .. id, prefix .. 'seen:' .. id)
    redis.call('ZREM', prefix .. 'articles', id)
    gone = gone + 1
  end
end
dirty(prefix, ARGV[2])
return gone
"""
)

# ARGV: prefix, now, then id, topics, id, topics … Returns the topics that changed.
REFILE = (
    CHANGED
    + _FILE
    + """
for i = 3, #ARGV, 2 do
  local score = redis.call('ZSCORE', ARGV[1] .. 'articles', ARGV[i])
  if score then file(ARGV[1], ARGV[i], score, ARGV[i + 1], false) end
end
return dirty(ARGV[1], ARGV[2])
"""
)

# ARGV: prefix, now, then for each: id, version, meta, body, known. Returns how many were written.
REWRITE = (
    CHANGED
    + _STAMP
    + _FILE
    + LEDGER
    + """
local count = 0
for i = 3, #ARGV, 5 do
  local key, ref = ARGV[1] .. 'article:' .. ARGV[i], raw(ARGV[i])
  if redis.call('EXISTS', key) == 1 and version(ARGV[1], ref) == ARGV[i + 1] then
    local mark = stamp(ARGV[1])
    redis.call('HSET', key, 'meta', ARGV[i + 2], 'body', ARGV[i + 3], 'stamp', mark)
    redis.call('HSET', ARGV[1] .. 'known', ref, ARGV[i + 4])
    for topic in string.gmatch(redis.call('HGET', key, 'topics') or '', '%S+') do bump(topic, ARGV[i]) end
    count = count + 1
  end
end
dirty(ARGV[1], ARGV[2])
return count
"""
)

# KEYS: releases, generations · ARGV: now, lease end, limit. Returns topic, generation, …
CLAIM_RELEASES = """
local out = {}
for _, topic in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])) do
  redis.call('ZADD', KEYS[1], ARGV[2], topic)
  out[#out + 1] = topic
  out[#out + 1] = tonumber(redis.call('HGET', KEYS[2], topic) or '0')
end
return out
"""

# KEYS: releases, generations · ARGV: at, then topics.
MARK = """
for i = 2, #ARGV do
  redis.call('ZADD', KEYS[1], 'LT', ARGV[1], ARGV[i])
  redis.call('HINCRBY', KEYS[2], ARGV[i], 1)
end
return 1
"""

# KEYS: due, claims, hurried, releases and other queues
# ARGV: now, latest end of a lease. Everything claimed is due again.
ABANDON = """
for _, id in ipairs(redis.call('HKEYS', KEYS[2])) do
  redis.call('ZADD', KEYS[1], 'XX', ARGV[1], id)
end
redis.call('DEL', KEYS[2], KEYS[3])
for i = 4, #KEYS do
  for _, one in ipairs(redis.call('ZRANGEBYSCORE', KEYS[i], ARGV[1], ARGV[2])) do
    redis.call('ZADD', KEYS[i], ARGV[1], one)
  end
end
return 1
"""

NAMES = (
    "ENROLL",
    "CLAIM_DUE",
    "CLAIM",
    "HASTEN",
    "FINISH",
    "ADMIT",
    "REFILE",
    "REWRITE",
    "RETIRE",
    "CLAIM_RELEASES",
    "MARK",
    "ABANDON",
    "TAKE_TURN",
)
