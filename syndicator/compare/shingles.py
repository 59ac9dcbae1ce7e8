"""What a text says, word by word: its story without furniture, and runs of words (shingles).

Scripts that put no space between words are read sign by sign.
"""

from collections.abc import Set as AbstractSet
from functools import cached_property
from hashlib import blake2b
from itertools import chain

from syndicator.model.patterns import pattern_of
from syndicator.model.text import SPACELESS, lines_of_words

DIGEST_BYTES = 8
NEAR = 8
"""Words at the top of a text within which a dateline names its agency."""
LONGEST_CREDIT = 40
LEAD_WORDS = 120
MOST_WORDS = 10_000
"""More words of a text are not read; no article of the trade has so many."""
RUN_OF_WORDS = 5
"""Words in a shingle: a run of five is seldom said twice by chance."""
RUN_OF_SIGNS = 9
SIGNS_A_WORD = 2
_SIGN = pattern_of(f"[{SPACELESS}]")
_TOKEN = pattern_of(rf"[{SPACELESS}]|[^\W{SPACELESS}]+")
_AGENCIES = frozenset(
    [
        "reuters",
        "afp",
        "ap",
        "apa",
        "dpa",
        "efe",
        "ansa",
        "upi",
        "aap",
        "pti",
        "ians",
        "anp",
        "tass",
        "interfax",
        "belga",
        "ritzau",
        "tt",
        "ntb",
        "cp",
        "pa",
        "xinhua",
        "bernama",
        "kyodo",
        "jiji",
        "yonhap",
        "bloomberg",
        "lusa",
        "ロイター",
        "共同",
        "時事",
        "新华社",
        "新華社",
        "中央社",
    ]
)
_WIRE_REFERENCE = pattern_of(r"\[(?:USN:)?n?[A-Z]\d[A-Z]\w{5,7}(?:\]| TEXT:)")
"""References between stories of one wire, ``[nL8N43E08F]`` or ``[USN:L8N43E08F TEXT:"…"]``."""
_CREDITS = (
    "reporting by ",
    "additional reporting by ",
    "writing by ",
    "editing by ",
    "compiled by ",
    "our standards the thomson reuters trust principles",
    "copyright ",
    *(f"source {name}" for name in ("reuters", "afp", "ap", "dpa", "bloomberg", "efe", "ansa")),
)
"""How lines begin that say who made a text, not what it says."""
_CREDIT_OPENINGS = frozenset(opening.split()[0] for opening in _CREDITS)
_PHOTOGRAPHERS = ("REUTERS/", "Reuters/", "AFP/", "EPA/", "EFE/", "AP Photo/", "Getty Images/")
LONGEST_CAPTION = 60


Lines = list[list[str]]


class Words:
    """The words of one text that tell its story.

    ``words`` are single signs where the script has no spaces; ``unit`` is how
    many of them count as a word, and ``run`` how many make a shingle.
    """

    def __init__(self, found: list[str], *, signs: bool = False) -> None:
        self.words = found
        self.unit = SIGNS_A_WORD if signs else 1
        self.run = RUN_OF_SIGNS if signs else RUN_OF_WORDS

    def __len__(self) -> int:
        """Return how long the text is, in words."""
        return len(self.words) // self.unit

    @cached_property
    def shingles(self) -> list[str]:
        """Every run of words, in order."""
        runs = (self.words[at:] for at in range(self.run))
        return list(map(" ".join, zip(*runs, strict=False)))

    @cached_property
    def known(self) -> frozenset[str]:
        """Every shingle once."""
        return frozenset(self.shingles)

    @property
    def lead(self) -> list[str]:
        """The shingles of the first words."""
        return self.shingles[: max(LEAD_WORDS * self.unit - self.run + 1, 0)]


def lines(text: str) -> Lines:
    """Return the words of a text line by line, bare.

    Empty lines, captions with their photographer and references of the wire are left out.
    """
    if "/" in text and any(mark in text for mark in _PHOTOGRAPHERS):
        text = "\n".join([line for line in text.split("\n") if not _is_caption(line)])
    if "[" in text:
        text = _WIRE_REFERENCE.sub("", text)
    return [line for line in lines_of_words(text) if line]


def _is_caption(line: str) -> bool:
    return (
        "/" in line
        and line.count(" ") < LONGEST_CAPTION
        and any(mark in line for mark in _PHOTOGRAPHERS)
    )


def line_digest(line: str) -> bytes:
    """Return what a line of bare words is known by among the boilerplate of its publisher."""
    return blake2b(line.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()


def story(text: str, boilerplate: AbstractSet[bytes] = frozenset()) -> Words:
    """Return the words that tell the story.

    Lines known as ``boilerplate`` are left out, and so are credit lines and, at
    the top, the name of the agency with what stands before it.
    """
    return story_of(lines(text), boilerplate)


def story_of(said: Lines, boilerplate: AbstractSet[bytes] = frozenset()) -> Words:
    """Make the same of a text already read into lines."""
    said = [line for line in said if not _is_credit(line)]
    if boilerplate:
        said = [line for line in said if line_digest(" ".join(line)) not in boilerplate]
    found = list(chain.from_iterable(said))
    for place in range(min(NEAR, len(found)) - 1, -1, -1):
        if found[place] in _AGENCIES:
            del found[: place + 1]
            break
    whole = " ".join(found[:MOST_WORDS])
    if whole.isascii() or not _SIGN.search(whole):
        return Words(found[:MOST_WORDS])
    tokens = _TOKEN.findall(whole)[: MOST_WORDS * SIGNS_A_WORD]
    return Words(tokens, signs=sum(map(len, tokens)) < SIGNS_A_WORD * len(tokens))


def _is_credit(line: list[str]) -> bool:
    return (
        line[0] in _CREDIT_OPENINGS
        and len(line) <= LONGEST_CREDIT
        and " ".join(line).startswith(_CREDITS)
    )


def contained(one: Words, other: Words) -> float:
    """Return which share of the shorter story's shingles the other has too, 0 to 1."""
    fewer = min(len(one.known), len(other.known))
    return len(one.known & other.known) / fewer if fewer else 0.0
