"""Signatures: a few small keys by which copies of a text are found among a million.

Each band is the smallest of a text's shingles under one order of all
shingles (MinHash), so two texts have a band in common as often as they have
shingles in common, of all that either has. The first bands are of the whole text, the last of
its lead, for a copy cut to its first paragraphs shares few of the whole's.

A band of one shingle finds more than a band of several at the same size in
the store; what it finds too much, the exact comparison rejects.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import timedelta

from rensa import CMinHash

from syndicator.compare.boilerplate import learn_lines
from syndicator.compare.shingles import Words, lines, story, story_of
from syndicator.model.copies import Signature

WHOLE_BANDS = 10
LEAD_BANDS = 6
BAND_BYTES = 6
"""One for the number of the band and five of the hash: by chance two texts in 10^12 meet."""
MEETING = 2
"""Bands that two texts must have in common to be compared: one sentence may give them one."""
FEWEST_WORDS = 48
"""A shorter text may be said twice without being a copy."""
RECENT = timedelta(days=6)
"""An older article is signed no more: copies follow within three days."""
_SEED = 20_260_101 + CMinHash.ALGORITHM_VERSION
_MASK = (1 << 8 * (BAND_BYTES - 1)) - 1


def sign(text: str, boilerplate: AbstractSet[bytes] = frozenset()) -> Signature | None:
    """Return the signature of a text, ``None`` when it is too short to say anything.

    The same text gives the same signature in every process and on every machine.
    """
    return sign_story(story(text, boilerplate))


def sign_document(
    texts: Iterable[str], known: Sequence[bytes] = ()
) -> tuple[tuple[Signature | None, ...], tuple[bytes, ...]]:
    """Return the signatures of one document's texts, and the boilerplate of their publisher.

    ``known`` is the boilerplate learned before; what this document teaches is
    left out of its own texts already. Each text is read once.
    """
    read = [lines(text) for text in texts]
    learned = learn_lines(read, known)
    boilerplate = frozenset(learned)
    return tuple(sign_story(story_of(said, boilerplate)) for said in read), learned


def sign_story(told: Words) -> Signature | None:
    """Make the same of a text already read."""
    if len(told) < FEWEST_WORDS:
        return None
    whole = _smallest(told.shingles, WHOLE_BANDS)
    lead = _smallest(told.lead, LEAD_BANDS)
    return Signature(
        bands=tuple(
            number.to_bytes(1, "big") + (value & _MASK).to_bytes(BAND_BYTES - 1, "big")
            for number, value in enumerate((*whole, *lead))
        ),
        words=len(told),
    )


def _smallest(shingles: list[str], count: int) -> list[int]:
    hashed = CMinHash(num_perm=count, seed=_SEED)
    hashed.update(shingles)
    return list(hashed.digest_u64())
