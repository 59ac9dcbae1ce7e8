"""What was found: values, and the collector that says a thing once, with a count."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

MOST_PLACES = 5
MOST_KINDS = 300
MOST_VALUE = 120


class Level(StrEnum):
    """How bad it is: feeds with errors are refused or misread; warnings trouble some readers."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One place of a finding: the id of the ``entry`` it stands in, and what stands there."""

    line: int | None = None
    column: int | None = None
    entry: str | None = None
    value: str | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong, in all its places.

    ``path`` leads to the element (``rss/channel/item/link``) or the member
    (``items/0/id``). ``count`` says how often it is so; ``places`` are the first.
    """

    level: Level
    rule: str
    path: str
    what: str
    todo: str
    count: int
    places: tuple[Place, ...]


class Rule(msgspec.Struct, frozen=True):
    """A rule: how bad a breach is, one sentence for people, what to do, and who says so."""

    name: str
    level: Level
    what: str
    todo: str
    source: str


class Findings:
    """Collects findings; the same rule at the same path is one, with a count.

    However many there are, what is kept is bounded.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._held: dict[tuple[str, str, str], list[Place]] = {}
        self._counts: dict[tuple[str, str, str], int] = {}
        self.more = 0

    def add(self, rule: str, path: str, place: Place, detail: str = "") -> None:
        """Note a breach. ``detail`` says more than the rule's sentence does, where that helps."""
        key = (rule, path, detail[:MOST_VALUE])
        held = self._held.get(key)
        if held is None:
            if len(self._held) >= MOST_KINDS:
                self.more += 1
                return
            self._held[key] = [place]
            self._counts[key] = 1
            return
        self._counts[key] += 1
        if len(held) < MOST_PLACES:
            held.append(place)

    def rules(self) -> set[str]:
        """Return the names of the rules broken so far."""
        return {rule for rule, _, _ in self._held}

    def sealed(
        self, rules: Mapping[str, Rule], stricter: frozenset[str] = frozenset()
    ) -> tuple[Finding, ...]:
        """Return the findings, worst first, each level in the order of the document.

        Breaches of rules in ``stricter`` are errors, whatever the table says.
        """
        found = [
            Finding(
                level=Level.ERROR if rule in stricter else rules[rule].level,
                rule=rule,
                path=path,
                what=f"{rules[rule].what}: {detail}" if detail else rules[rule].what,
                todo=rules[rule].todo,
                count=self._counts[rule, path, detail],
                places=tuple(places),
            )
            for (rule, path, detail), places in self._held.items()
        ]
        if self.more:
            rule = rules["MoreFindings"]
            found.append(
                Finding(
                    level=rule.level,
                    rule=rule.name,
                    path="",
                    what=rule.what,
                    todo=rule.todo,
                    count=self.more,
                    places=(),
                )
            )
        return tuple(sorted(found, key=lambda one: _ORDER[one.level]))


_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}


def shown(value: str | None) -> str | None:
    """Return a value as a place holds it: one line, not too long, whatever it is made of."""
    if value is None:
        return None
    line = " ".join(value[: 4 * MOST_VALUE].split())
    line = line.encode("utf-8", "replace").decode()
    return line if len(line) <= MOST_VALUE else line[: MOST_VALUE - 1] + "…"
