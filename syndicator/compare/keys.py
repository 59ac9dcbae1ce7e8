"""The key ladder: by what an article is known, strongest first.

1. (source, guid) · 2. (publisher, guid without accidents) · 3. canonical
address. An entry with neither guid nor link is known by its own words. A key
that stands on two entries of one document identifies neither.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from syndicator.model.address import canonical, plain_guid
from syndicator.model.arrival import Candidate, Key
from syndicator.model.article import Article
from syndicator.model.ids import ArticleId, SourceId
from syndicator.model.text import digest, words

KEY_BYTES = 12
ENOUGH_WORDS = 20
"""Fewer words than this may be said twice without being a copy."""


def keys_of(article: Article, guid: str | None) -> tuple[Key, ...]:
    """Return every key of an entry. ``guid`` is the upstream's own, ``None`` if it gave none."""
    keys = list(ref_keys(article.source, article.publisher, guid)) if guid else []
    place = canonical(article.link) if article.link else None
    if place:
        keys.append(Key("url", digest(place, size=KEY_BYTES)))
    if not keys:
        keys.append(_words_key(article))
    return tuple(keys)


def ref_keys(source: SourceId, publisher: str, guid: str) -> tuple[Key, ...]:
    """Return the keys of an entry of which only the id is known."""
    return (
        Key("guid", digest(source, guid.strip(), size=KEY_BYTES)),
        Key("publisher-guid", digest(publisher, plain_guid(guid), size=KEY_BYTES)),
    )


def _words_key(article: Article) -> Key:
    text = words(article.body.text or article.abstract or "")
    return Key("words", digest(article.source, words(article.headline), text, size=KEY_BYTES))


def killed_key(article: Article) -> Key | None:
    """Return the key by which a copy of a killed article is known, whoever sends it.

    It stands for the words of the story alone: another headline or byline
    makes no other story. ``None`` when they are too few.
    """
    return story_key(words(article.body.text or article.abstract or ""))


def story_key(said: str) -> Key | None:
    """Make the same of a story's bare words (``model.text.words``), for one who has them."""
    if said.count(" ") + 1 < ENOUGH_WORDS:
        return None
    return Key("killed", digest(said, size=KEY_BYTES))


def identify(
    entries: Sequence[tuple[Article, str | None]], stories: Mapping[str, Key | None] | None = None
) -> tuple[Candidate, ...]:
    """Turn the articles of one document into candidates with sound keys and ids.

    ``stories`` holds the :func:`story_key` of articles by fingerprint, where made already.

    An entry repeated word for word is one candidate. Keys shared by entries
    that differ are dropped from all of them; what is left is tried in ladder
    order, and in the end the entry's own words.
    """
    distinct: dict[tuple[str | None, str | None, str], tuple[Article, str | None]] = {}
    for article, guid in entries:
        distinct.setdefault((guid, article.link, article.fingerprint), (article, guid))
    keyed = [(article, keys_of(article, guid)) for article, guid in distinct.values()]
    uses = Counter(key for _, keys in keyed for key in keys)
    made = stories or {}
    candidates = []
    for article, keys in keyed:
        sound = tuple(key for key in keys if uses[key] == 1)
        collided = len(sound) < len(keys)
        if not sound or sound[0].kind not in {"guid", "words"}:
            # Two entries under one guid: our id must not be one of them for both.
            sound = sound or (_words_key(article),)
        candidates.append(
            Candidate(
                article=msgspec.structs.replace(article, id=_mint(article, sound[0])),
                keys=sound,
                collided=collided,
                story=made[article.fingerprint]
                if article.fingerprint in made
                else killed_key(article),
            )
        )
    return tuple(candidates)


def _mint(article: Article, key: Key) -> ArticleId:
    return ArticleId(digest(article.source, key.kind, key.digest, size=10).hex())
