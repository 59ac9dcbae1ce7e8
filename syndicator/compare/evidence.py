"""What two articles share, for people who ask why they are two, or one. Pure."""

from collections.abc import Iterator

from syndicator.compare.judge import knowledge
from syndicator.compare.keys import keys_of
from syndicator.compare.likeness import ENOUGH, contained, same_numbers, shared, tokens
from syndicator.compare.same import is_same, is_same_page
from syndicator.model.article import Article

MEANING = {
    "guid": "the id its source gives it",
    "publisher-guid": "the id, without what publishers change by accident",
    "url": "the address of its page",
    "path": "its number or path, at any host of the publisher",
    "headline": "the headline and the day",
    "words": "all it says",
}


def evidence(one: Article, two: Article) -> Iterator[str]:
    """Yield a line on each thing that counts, and in the end one on what follows."""
    if one.publisher != two.publisher:
        yield f"publishers: {one.publisher} and {two.publisher}; never one article, only copies"
    common = [key for key in keys_of(one, one.guid) if key in keys_of(two, two.guid)]
    known, believed = knowledge(one), []
    for key in common:
        if one.publisher == two.publisher:
            holds = is_same(key.kind, two, known, one)
        else:
            holds = is_same_page(two, known, one)
        believed += [key.kind] if holds else []
        yield (
            f"key {key.kind} ({MEANING.get(key.kind, key.kind)}): shared, and "
            f"{'believed' if holds else 'not believed: the words do not bear it out'}"
        )
    if not common:
        yield "keys: none shared"
    a, b = tokens(one.said), tokens(two.said)
    yield f"headlines: {shared(tokens(one.headline), tokens(two.headline)):.0%} of words shared"
    if min(len(a), len(b)) < ENOUGH:
        yield f"bodies: {len(a)} and {len(b)} words; under {ENOUGH} they prove nothing"
    else:
        figures = "largely the same" if same_numbers(a, b) else "different"
        yield f"bodies: {contained(a, b):.0%} of the shorter stands in the other; figures {figures}"
    if one.source == two.source and one.first_seen == two.first_seen:
        yield "both came in one document; a name that stood on both was no key"
    yield f"by these: {'one, by ' + believed[0] if believed else 'two articles'}"
