"""What passes from rendering to publishing: what readers would refuse is held back. Pure."""

from collections.abc import Sequence

from syndicator.lint import held
from syndicator.model.edition import Output
from syndicator.model.publication import Publication
from syndicator.render import Rendered


def passing(
    rendered: Rendered, lines: Sequence[Publication], *, unlisted: bool = False
) -> tuple[tuple[Output, ...], tuple[str, ...]]:
    """Return the documents to publish, and a line for each problem of any.

    A document with an error is held back, so that the last good one stands; but not when
    something in that may leave no more (a line of ``lines`` that ends): rights go first.
    ``unlisted``: there may be something in it of which no line tells, such as notices of
    corrections, whose articles need not stand in the feed.
    """
    faulty = held(rendered.frames)
    over = unlisted or any(line.until is not None for line in lines)
    told = "published all the same: the last one may say what may not stay" if over else "held back"
    problems = tuple(f"{path} {told}: {fault}" for path, fault in faulty.items())
    outputs = tuple(one for one in rendered.outputs if over or one.path not in faulty)
    return outputs, (*problems, *rendered.problems)
