"""What passes from rendering to publishing: what readers would refuse is held back. Pure."""

from collections.abc import Sequence

from syndicator.lint import frame_fault
from syndicator.model.publication import Publication
from syndicator.render import Document


class Gate:
    """Judges the documents of one release. ``problems`` has a line for each that had an error.

    Such a document is held back, so that the last good one stands; but not when
    something in that may leave no more (a line of ``lines`` that ends): rights go first.
    ``unlisted``: there may be something in it of which no line tells, such as notices of
    corrections, whose articles need not stand in the feed.
    """

    def __init__(self, lines: Sequence[Publication], *, unlisted: bool = False) -> None:
        """Judge what is published with these lines of the ledger."""
        self._over = unlisted or any(line.until is not None for line in lines)
        self.problems: list[str] = []

    def passes(self, document: Document) -> bool:
        """Whether a document may take its place."""
        fault = frame_fault(document.frame) if document.frame is not None else None
        if fault is None:
            return True
        over = self._over
        told = "published all the same: the last one may say what may not stay"
        self.problems.append(f"{document.output.path} {told if over else 'held back'}: {fault}")
        return over
