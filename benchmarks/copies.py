"""Find rewritten copies by bands and judge them in full: the detection curve, and the speed.

::

    PYTHONPATH=. python benchmarks/copies.py [CAPTURES …] [--texts 300]

Texts are those of 150 words and more in the feeds under the folders named,
else made up. Each is rewritten in five ways, ever further, and set beside what
it was: how often bands of both meet, and how often the two are joined.
``by two`` counts pairs that have two bands or more in common. Beside them,
what bands and verdict make of pairs of texts that have nothing to do with
each other. Speed is CPU time on one core, the best of five rounds.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))

from syndicator.compare.boilerplate import learn
from syndicator.compare.copies import judge_stories
from syndicator.compare.shingles import story
from syndicator.compare.signature import BAND_BYTES, sign, sign_document
from syndicator.errors import ReadError
from syndicator.ingest.markup import Markup
from syndicator.ingest.read import parse
from syndicator.model.entry import Document

ROUNDS = 5
SHARES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5)
LEAST = 150
LEAD_SENTENCES = 3

Rewrite = Callable[[list[str], float, Random], list[str]]


def changed(told: list[str], share: float, chance: Random) -> list[str]:
    """Say this share of sentences in quite other words, wherever they stand."""
    picked = set(chance.sample(range(len(told)), round(share * len(told))))
    return [_other(one, chance) if at in picked else one for at, one in enumerate(told)]


def edited(told: list[str], share: float, chance: Random) -> list[str]:
    """Change one word in each of this share of sentences."""
    picked = set(chance.sample(range(len(told)), round(share * len(told))))
    return [_edit(one, chance) if at in picked else one for at, one in enumerate(told)]


def cut(told: list[str], share: float, chance: Random) -> list[str]:
    """Leave this share of sentences off the end."""
    del chance
    return told[: max(len(told) - round(share * len(told)), 1)]


def reordered(told: list[str], share: float, chance: Random) -> list[str]:
    """Move this share of sentences to other places."""
    moved = told.copy()
    for _ in range(round(share * len(told))):
        moved.insert(chance.randrange(len(moved)), moved.pop(chance.randrange(len(moved))))
    return moved


def new_lead(told: list[str], share: float, chance: Random) -> list[str]:
    """Write a new lead of three sentences, and leave this share off the end."""
    return [_other(one, chance) for one in told[:LEAD_SENTENCES]] + cut(
        told[LEAD_SENTENCES:], share, chance
    )


REWRITES: tuple[tuple[str, Rewrite], ...] = (
    ("sentences changed", changed),
    ("a word in sentences", edited),
    ("cut from the end", cut),
    ("reordered", reordered),
    ("new lead, then cut", new_lead),
)


def _word(chance: Random) -> str:
    return "".join(chance.choices("abcdefghiklmnoprstuvwy", k=chance.randint(3, 9)))


def _other(sentence: str, chance: Random) -> str:
    return " ".join(_word(chance) for _ in sentence.split()) + "."


def _edit(sentence: str, chance: Random) -> str:
    words = sentence.split()
    words[chance.randrange(len(words))] = _word(chance)
    return " ".join(words)


def _sentences(text: str) -> list[str]:
    return [f"{one}." for one in text.replace("\n", " ").split(". ") if one.strip()]


def made_up(count: int) -> list[str]:
    """Return texts of 500 words that nobody wrote."""
    chance = Random(2026)
    return [
        "\n\n".join(
            " ".join(_other("w " * 20, chance).capitalize() for _ in range(3)) for _ in range(8)
        )
        for _ in range(count)
    ]


def captured(folders: Iterable[Path], count: int) -> list[str]:
    """Return long texts of the feeds under these folders, each once."""
    found: dict[str, str] = {}
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        if not path.is_file():
            continue
        try:
            feed = parse(Document(url="https://capture.example/feed", body=path.read_bytes()))
        except ReadError:
            continue
        for entry in feed.entries:
            if entry.content:
                text = Markup(entry.content, is_html=entry.content_html, base=None).text
                if len(text.split()) >= LEAST and len(_sentences(text)) >= 2 * LEAD_SENTENCES:
                    found.setdefault(" ".join(text.split()[:40]), text)
    texts = list(found.values())
    Random(1).shuffle(texts)
    return texts[:count]


def detect(one: str, other: str) -> tuple[int, bool, float]:
    """Return how many bands meet, whether the two are joined, and their containment."""
    here, there = sign(one), sign(other)
    meeting = len(set(here.bands) & set(there.bands)) if here and there else 0
    verdict = judge_stories(story(one), story(other), apart=timedelta(0), same_publisher=False)
    return meeting, verdict.same, verdict.containment


def curve(texts: Sequence[str]) -> None:
    """Print how rewritten copies are found and judged."""
    print(f"{len(texts)} texts, {sum(len(one.split()) for one in texts) // len(texts)} words each")
    print(f"{'rewrite':<22}{'share':>6}{'contained':>11}{'by bands':>10}{'by two':>8}{'joined':>8}")
    for name, rewrite in REWRITES:
        for share in SHARES:
            chance = Random(f"{name} {share}")
            found = [
                detect(one, " ".join(rewrite(_sentences(one), share, chance))) for one in texts
            ]
            print(
                f"{name:<22}{share:>6.0%}{_mean(one[2] for one in found):>11.2f}"
                f"{_mean(one[0] > 0 for one in found):>10.1%}"
                f"{_mean(one[0] > 1 for one in found):>8.1%}"
                f"{_mean(one[1] for one in found):>8.1%}"
            )
    strangers = [detect(one, other) for one, other in pairwise(texts)]
    print(
        f"{'other texts':<22}{'':>6}{_mean(one[2] for one in strangers):>11.2f}"
        f"{_mean(one[0] > 0 for one in strangers):>10.1%}"
        f"{_mean(one[0] > 1 for one in strangers):>8.1%}"
        f"{_mean(one[1] for one in strangers):>8.1%}"
    )


def _mean(values: Iterable[float]) -> float:
    counted = list(values)
    return sum(counted) / len(counted)


def speed(texts: Sequence[str]) -> None:
    """Print what signing, learning and judging cost."""
    known = frozenset(learn(texts))
    stories = [story(one) for one in texts]
    print(f"{len(texts)} texts, {sum(map(len, stories)) // len(stories)} words each")

    def judge() -> None:
        for one, other in pairwise(texts):
            judge_stories(story(one), story(other), apart=timedelta(0), same_publisher=False)

    for name, work in (
        ("read the story", lambda: [story(one) for one in texts]),
        ("sign", lambda: [sign(one) for one in texts]),
        ("sign, boilerplate known", lambda: [sign(one, known or {b""}) for one in texts]),
        ("learn and sign, 30 a document", lambda: _documents(texts)),
        ("read two texts and judge them", judge),
    ):
        print(f"{name:<34}{_best(work) / len(texts) * 1e6:>8.0f} µs a text")
    signature = sign(texts[0])
    print(f"{len(signature.bands) if signature else 0} bands of {BAND_BYTES} bytes")


def _documents(texts: Sequence[str]) -> None:
    for at in range(0, len(texts), 30):
        sign_document(texts[at : at + 30])


def _best(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)


def main() -> None:
    """Print both tables."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("captures", nargs="*", type=Path)
    options.add_argument("--texts", type=int, default=300)
    said = options.parse_args()
    texts = captured(said.captures, said.texts) if said.captures else made_up(said.texts)
    curve(texts)
    print()
    speed([one for one in texts if 350 <= len(one.split()) <= 650] or texts)


if __name__ == "__main__":
    main()
