"""Time the gate of a release: an unchanged topic of 100 entries of 5 KB, and one entry that is new."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import perf_counter

from msgspec.structs import replace

from syndicator.lint import frame_fault, lint
from syndicator.model.article import Article
from syndicator.model.clearance import Cleared, Form
from syndicator.model.edition import Edition, Item, Site
from syndicator.model.entry import Origin, Person
from syndicator.model.ids import ArticleId, SourceId, TopicId
from syndicator.model.license import License
from syndicator.model.topic import Topic
from syndicator.render import Rendered, render_topic
from syndicator.render.pieces import Memory

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SITE = Site(title="The Desk", base_url="https://desk.example", generator="syndicator")
SENTENCE = (
    "The ferry crossed the strait of Merrow in the "
    '<a href="https://harbour.example/rain">rain</a> and came back. '
)
ENTRIES, ROUNDS = 100, 30


def an_item(number: int) -> Item:
    """Write an entry of some 5 KB with fifty links."""
    at = NOW - timedelta(minutes=number)
    article = Article(
        id=ArticleId(f"{number:020}"),
        source=SourceId("harbour"),
        publisher="harbour",
        guid=f"https://harbour.example/{number}",
        link=f"https://harbour.example/{number}",
        headline=f"Ferry {number}",
        authors=(Person(name="Ines Calloway"),),
        origin=Origin(title="Harbour", link="https://harbour.example/"),
        published=at,
        updated=at,
        first_seen=at,
        fingerprint="f",
    )
    return Item(
        article=article,
        cleared=Cleared(form=Form.FULL, credit="From Harbour."),
        license=License(text=Form.FULL),
        source_title="Harbour",
        html=f"<p>{number}</p>" + f"<p>{SENTENCE * 10}</p>" * 5,
        summary="The ferry crossed.",
    )


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the milliseconds of the quickest of several rounds."""
    times = []
    for _ in range(rounds):
        began = perf_counter()
        work()
        times.append(perf_counter() - began)
    return min(times) * 1000


def judged(made: Rendered) -> None:
    """Judge the frame of each document."""
    for one in made.documents:
        if one.frame is not None:
            frame_fault(one.frame)


def main() -> None:
    """Print the table."""
    items = tuple(an_item(number) for number in range(ENTRIES))
    topic = Topic(title="World", language="en")
    edition = Edition(id=TopicId("world"), topic=topic, items=items, updated=NOW)
    made = render_topic(edition, SITE)
    assert not made.problems
    print(f"gate of an unchanged topic of {ENTRIES}: {best(lambda: judged(made)):.2f} ms")
    number = iter(range(ENTRIES, 10_000))

    def one_new() -> None:
        fresh = replace(items[0], html=items[0].html + f"<p>{next(number)}</p>")
        judged(render_topic(replace(edition, items=(fresh, *items[1:])), SITE))

    print(f"render and gate, one entry new: {best(one_new):.2f} ms")
    alone = best(lambda: Memory().pieces(items[0]))
    print(f"an entry rendered and judged in all formats: {alone:.2f} ms")
    for output in made.outputs[:3]:
        whole = best(lambda output=output: lint(output.body, own=True), 5)  # type: ignore[misc]
        print(f"the whole of {output.path}, {len(output.body):,} bytes: {whole:.0f} ms")


if __name__ == "__main__":
    main()
