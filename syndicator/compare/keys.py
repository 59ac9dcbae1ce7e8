"""The key ladder: by what an article is known, strongest first.

1. (source, guid) · 2. (publisher, guid without accidents) · 3. canonical
address · 4. (publisher, article number or path, whatever the host) ·
5. (publisher, headline, day). An entry with neither guid nor link is known by
its own words. How far each key is believed, ``same`` says; a key of the first
three that stands on two stories of one document identifies neither.
"""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

import msgspec

from syndicator.compare.likeness import bodies_alike, tokens
from syndicator.model.address import canonical, number_or_path, plain_guid
from syndicator.model.arrival import Candidate, Key, Known
from syndicator.model.article import Article
from syndicator.model.ids import ArticleId, SourceId
from syndicator.model.text import digest, words

KEY_BYTES = 12
KEY_RULES = "1"
"""Another number when keys are made otherwise: each entry is looked up by all of them once more."""
ENOUGH_WORDS = 20
"""Fewer words than this may be said twice without being a copy."""
HEADLINE_LETTERS = 12
"""A shorter headline is no key: “Weather”, “In brief”."""
RUNGS = ("guid", "publisher-guid", "url", "words", "path", "headline")
SOFT = frozenset({"path", "headline"})
"""Keys that say little by themselves: texts are always compared."""
NAMES = frozenset({"guid", "publisher-guid", "url"})
TWINS, HALF, FEW = 0.8, 0.5, 8

Entry = tuple[Article, str | None]


def keys_of(article: Article, guid: str | None) -> tuple[Key, ...]:
    """Return every key of an entry. ``guid`` is the upstream's own, ``None`` if it gave none."""
    keys = list(ref_keys(article.source, article.publisher, guid)) if guid else []
    place = canonical(article.link) if article.link else None
    if place:
        keys.append(Key("url", digest(place, size=KEY_BYTES)))
    if not keys:
        keys.append(words_key(article))
    return (*keys, *_soft_keys(article, place))


def _soft_keys(article: Article, place: str | None) -> tuple[Key, ...]:
    found = []
    if place is None and not article.link and "://" in article.guid:
        place = canonical(article.guid)
    if place and (kept := number_or_path(place)):
        found.append(Key("path", digest(article.publisher, kept, size=KEY_BYTES)))
    headline = words(article.headline)
    if len(headline) >= HEADLINE_LETTERS or not headline.isascii():
        day = article.published.date().isoformat()
        found.append(Key("headline", digest(article.publisher, headline, day, size=KEY_BYTES)))
    return tuple(found)


def ref_keys(source: SourceId, publisher: str, guid: str) -> tuple[Key, ...]:
    """Return the keys of an entry of which only the id is known."""
    return (
        Key("guid", digest(source, guid.strip(), size=KEY_BYTES)),
        Key("publisher-guid", digest(publisher, plain_guid(guid), size=KEY_BYTES)),
    )


def words_key(article: Article) -> Key:
    """Return the key of an entry by all it says, for want of a name."""
    said = words(article.said)
    return Key("words", digest(article.source, words(article.headline), said, size=KEY_BYTES))


def killed_key(article: Article) -> Key | None:
    """Return the key by which a copy of a killed article is known, whoever sends it.

    It stands for the words of the story alone: another headline or byline
    makes no other story. ``None`` when they are too few.
    """
    return story_key(words(article.said))


def story_key(said: str) -> Key | None:
    """Make the same of a story's bare words (``model.text.words``), for one who has them."""
    if said.count(" ") + 1 < ENOUGH_WORDS:
        return None
    return Key("killed", digest(said, size=KEY_BYTES))


def identify(
    entries: Sequence[Entry],
    stories: Mapping[str, Key | None] | None = None,
    domain: str | None = None,
) -> tuple[Candidate, ...]:
    """Turn the articles of one document into candidates with sound keys and ids.

    ``stories`` holds the :func:`story_key` of articles by fingerprint, where made
    already; ``domain`` is that of the source's own address.

    Entries that share a name and say the same are one candidate, of the first
    of them. Names shared by entries that differ are dropped from all of them;
    what is left is tried in ladder order, and in the end the entry's own words.
    """
    distinct: dict[tuple[str | None, str | None, str], Entry] = {}
    for article, guid in entries:
        distinct.setdefault((guid, article.link, article.fingerprint), (article, guid))
    articles = [article for article, _ in distinct.values()]
    keyed = [keys_of(article, guid) for article, guid in distinct.values()]
    leader, refused = _twins(articles, keyed)
    sound = _sound(articles, keyed, leader, refused)
    made = stories or {}
    candidates = []
    for place, keys in sound.items():
        article = articles[place]
        story = made[article.fingerprint] if article.fingerprint in made else killed_key(article)
        names = keys if keys and keys[0].kind not in SOFT else (words_key(article), *keys)
        candidates.append(
            Candidate(
                article=msgspec.structs.replace(article, id=mint(article, names[0])),
                keys=names,
                collided=bool(refused) and not refused.isdisjoint(keyed[place]),
                home=_at_home(article.link, domain),
                story=story,
            )
        )
    return tuple(candidates)


def _sound(
    articles: Sequence[Article],
    keyed: Sequence[tuple[Key, ...]],
    leader: Sequence[int],
    refused: set[Key],
) -> dict[int, tuple[Key, ...]]:
    """Gather the keys of each entry that leads, strongest first, without those refused."""
    found: dict[int, tuple[Key, ...]] = {}
    alone = _alone(articles, keyed, refused) if refused else set()
    for place, keys in enumerate(keyed):
        one = leader[place]
        if one != place:
            found[one] = tuple(sorted(dict.fromkeys((*found[one], *keys)), key=_rung))
        else:
            found[one] = keys
        if refused:
            found[one] = tuple(
                key
                for key in found[one]
                if key not in refused and not (one in alone and key.kind == "path")
            )
    return found


def _alone(
    articles: Sequence[Article], keyed: Sequence[tuple[Key, ...]], refused: set[Key]
) -> set[int]:
    """Return entries of whose page the number says nothing: others stand there, none of them alike.

    Posts of a live page are such, and comments on one; the same story told twice
    in a document is not.
    """
    at: dict[Key, list[int]] = {}
    for place, keys in enumerate(keyed):
        for key in keys:
            if key.kind == "url" and key in refused:
                at.setdefault(key, []).append(place)
    return {
        place
        for places in at.values()
        for place in places
        if len(places) > FEW
        or not any(_alike(articles[place], articles[one]) for one in places if one != place)
    }


def _alike(one: Article, two: Article) -> bool:
    return bodies_alike(tokens(one.said), tokens(two.said), HALF) is True


def _rung(key: Key) -> int:
    return RUNGS.index(key.kind)


def _twins(
    articles: Sequence[Article], keyed: Sequence[Iterable[Key]]
) -> tuple[list[int], set[Key]]:
    """Find for each entry the first that is the same, and the names that stand on two stories.

    Entries under one name are all compared with the first of them: word for
    word where they are few, else by fingerprint, so that ten thousand under one
    guid cost ten thousand looks.
    """
    seen: dict[Key, int] = {}
    under: dict[Key, list[int]] = {}
    for place, keys in enumerate(keyed):
        for key in keys:
            if key.kind in NAMES and (first := seen.setdefault(key, place)) != place:
                under.setdefault(key, [first]).append(place)
    leader = list(range(len(articles)))
    refused: set[Key] = set()
    for key, places in under.items():
        first = places[0]
        near = len(places) <= FEW
        if all(_one_text(articles[first], articles[other], near=near) for other in places[1:]):
            _join(leader, places)
        else:
            refused.add(key)
    return [_first(leader, place) for place in range(len(leader))], refused


def _one_text(one: Article, two: Article, *, near: bool) -> bool:
    if one.fingerprint == two.fingerprint:
        return True
    return near and bodies_alike(tokens(one.body.text), tokens(two.body.text), TWINS) is True


def _first(leader: list[int], place: int) -> int:
    while leader[place] != place:
        place = leader[place]
    return place


def _join(leader: list[int], places: Sequence[int]) -> None:
    roots = [_first(leader, place) for place in places]
    for root in roots:
        leader[root] = min(roots)


def _at_home(link: str | None, domain: str | None) -> bool:
    if not link or not domain:
        return False
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        return False
    return host == domain or host.endswith(f".{domain}")


def mint(article: Article, key: Key) -> ArticleId:
    """Make the id of an article from the key that is surest to be its own."""
    return ArticleId(digest(article.source, key.kind, key.digest, size=10).hex())


def keys_to_ask(candidates: Sequence[Candidate]) -> list[Key]:
    """Return the keys to look up: of entries that a document before had, the first alone.

    Their other keys were looked up and learned when they came.
    """
    wanted = (one.keys[:1] if one.seen else one.keys for one in candidates)
    return list(dict.fromkeys(key for keys in wanted for key in keys))


def keys_to_ask_after_all(candidates: Sequence[Candidate], known: Mapping[Key, Known]) -> list[Key]:
    """Return the other keys of those entries whose first key does not lead to the same words."""
    return list(
        dict.fromkeys(
            key
            for one in candidates
            if one.seen and not _says_the_same(one, known)
            for key in one.keys[1:]
            if key not in known
        )
    )


def with_keys_not_asked(
    candidates: Sequence[Candidate], known: Mapping[Key, Known]
) -> dict[Key, Known]:
    """Return what is known, keys that were not asked for leading where the first key leads."""
    found = dict(known)
    for one in candidates:
        if one.seen and _says_the_same(one, known):
            for key in one.keys[1:]:
                found.setdefault(key, known[one.keys[0]])
    return found


def _says_the_same(one: Candidate, known: Mapping[Key, Known]) -> bool:
    """Whether the first key leads to an article in the same words: no other key says more."""
    first = known.get(one.keys[0])
    return first is not None and first.fingerprint == one.article.fingerprint
