"""By what an article is known, and why other entries were or were not taken for it."""

from collections.abc import Iterator, Mapping

from syndicator.compare import evidence, keys_of
from syndicator.model.arrival import Key, Known
from syndicator.model.article import Article
from syndicator.model.version import History, Sighting, Version
from syndicator.ports import Library

VERDICTS = {
    "revised": "a revision of it",
    "unchanged": "it unchanged",
    "duplicate": "another publisher's copy of it",
    "killed": "a copy of it, which is killed",
}


async def identity_of(library: Library, article: Article) -> tuple[str, ...]:
    """Say, a line each, by which keys an article is known and what was taken for it.

    Raises:
        LibraryError: the store failed.
    """
    keys = keys_of(article, article.guid)
    known = await library.lookup(keys)
    return tuple(told(article, keys, known, await library.history(article.id)))


def told(
    article: Article, keys: tuple[Key, ...], known: Mapping[Key, Known], history: History
) -> Iterator[str]:
    """Put in words what the ledger knows of an article. Pure."""
    yield (
        f"first came from {article.source} at {article.first_seen:%Y-%m-%d %H:%M} as "
        f"{article.guid}; no key of it led to an article that it is"
    )
    for key in keys:
        yield f"key {key.kind}: {_leads(article, known.get(key))}"
    for one in history.sightings:
        yield _sighting(one)
    for version in history.versions:
        yield _version(version)


def _leads(article: Article, known: Known | None) -> str:
    if known is None:
        return "leads nowhere; its source gave none, or it stood on several entries of a document"
    if known.id == article.id:
        return "leads here"
    return f"leads to {known.id[:10]} of {known.publisher}, which is another article"


def _sighting(one: Sighting) -> str:
    link = f" ({one.link})" if one.link and one.link != one.guid else ""
    verdict = VERDICTS.get(one.verdict, one.verdict)
    return (
        f"{one.at:%Y-%m-%d %H:%M}: {one.guid}{link} from {one.source} was taken for {verdict}, "
        f"by its {one.by}"
    )


def _version(one: Version) -> str:
    words = f" (words: -{one.removed} +{one.added})" if one.removed or one.added else ""
    return (
        f"{one.until:%Y-%m-%d %H:%M}: version {one.number} was replaced, known by its {one.by}: "
        f"{', '.join(one.why)}{words}"
    )


def compared(one: Article, two: Article) -> tuple[str, ...]:
    """Say of two stored articles what they share, and why that makes them one or two. Pure."""
    return tuple(evidence(one, two))
