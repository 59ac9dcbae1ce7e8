"""Search over a real socket: what is published to everyone, and nothing else."""

from io import BytesIO
from typing import Any

import msgspec
from lxml import html
from msgspec.structs import replace

from syndicator.model.edition import Edition, Item, Withdrawal
from syndicator.model.ids import ArticleId, TopicId
from syndicator.model.topic import Topic
from syndicator.render import render_topic
from syndicator.web.search import Index
from tests.builders import NOW
from tests.contract.test_web_browser import Bench, bench
from tests.unit.render.editions import CREDIT, SITE, a_piece, an_edition

__all__ = ["bench"]


def entry(number: int, headline: str, text: str = "Words.", **changes: Any) -> Item:
    return a_piece(
        id=ArticleId(f"{number:020x}"),
        guid=f"g{number}",
        link=f"https://harbour.example/{number}",
        headline=headline,
        html=f"<p>{text}</p>",
        summary=changes.pop("summary", "Short."),
        **changes,
    )


def release(bench: Bench, edition: Edition, topic: str = "world") -> None:
    edition = replace(edition, id=TopicId(topic))
    for output in render_topic(edition, SITE).outputs:
        bench.publish(output.path, output.body)


async def found(bench: Bench, query: str) -> list[str]:
    """Ask for a query; return the headlines found."""
    from urllib.parse import quote

    status, headers, body = await bench.ask(f"/search?q={quote(query)}", {})
    assert status == 200
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex"
    assert "form-action 'self'" in headers["Content-Security-Policy"]
    page = html.parse(BytesIO(body)).getroot()
    return [one.text_content() for one in page.xpath("//article/h2")]


async def test_words_are_found_by_their_beginnings_in_any_writing(bench: Bench) -> None:
    release(
        bench,
        an_edition(
            entry(1, "Émile Zola’s Straße", "Ærø and Łódź."),
            entry(2, "إعلان الحكومة", language="ar"),
            entry(3, "東京の天気"),
            entry(4, "COVID-19 wards <close>", "It&amp;apos;s &lt;b&gt;over&lt;/b&gt;."),
        ),
    )
    for query, number in {
        "emile": 0,
        "ÉMI": 0,
        "strasse": 0,
        "aero lodz": 0,
        "اعلان": 1,
        "天気": 2,
        "covid-19": 3,
        "covid 19 wards": 3,
        "“wards”": 3,
    }.items():
        titles = await found(bench, query)
        assert titles == [
            ["Émile Zola’s Straße", "إعلان الحكومة", "東京の天気", "COVID-19 wards <close>"][number]
        ], query
    for query in ("mile", "気東", "covid-20", "emile wards", "strong", "…", ""):
        assert await found(bench, query) == [], query


async def test_headlines_go_before_texts_whole_words_before_parts_and_new_before_old(
    bench: Bench,
) -> None:
    from datetime import timedelta

    old = NOW - timedelta(days=1)
    release(
        bench,
        an_edition(
            entry(1, "Text", "ferry"),
            entry(2, "Ferryman", published=NOW),
            entry(3, "Ferry, old", published=old),
            entry(4, "Ferry, new", published=NOW),
        ),
    )
    assert await found(bench, "ferry") == ["Ferry, new", "Ferry, old", "Ferryman", "Text"]


async def test_what_is_published_is_found_and_nothing_else(bench: Bench) -> None:
    release(bench, an_edition(entry(1, "Ferry sails"), entry(2, "Ferry sinks")))
    release(bench, an_edition(entry(3, "Ferry secret")), "own")  # a file that should not be there
    release(bench, an_edition(entry(4, "Ferry stray")), "stray")
    assert await found(bench, "ferry") == ["Ferry sinks", "Ferry sails"]
    gone = Withdrawal(
        article=ArticleId("2" * 20),
        guid="g2",
        source_title="Harbour News",
        since=NOW,
        at=NOW,
        by="Harbour News",
    )
    release(bench, replace(an_edition(entry(1, "Ferry sails")), withdrawn=(gone,)))
    assert await found(bench, "ferry") == ["Ferry sails"]  # the next question knows
    assert await found(bench, "withdrawn") == []
    (bench.feeds / "world.json").unlink()
    assert await found(bench, "ferry") == []
    (bench.feeds / "world.json").write_text("[")
    assert await found(bench, "ferry") == []


async def test_an_article_of_two_topics_is_found_once_and_names_both(bench: Bench) -> None:
    topics = {**bench.settings.topics, TopicId("sea"): Topic(title="Sea")}
    bench.settings = bench.settings.model_copy(update={"topics": topics})
    for topic in ("world", "sea"):
        release(bench, an_edition(entry(1, "Ferry sails")), topic)
    _, _, body = await bench.ask("/search?q=ferry", {})
    (hit,) = html.parse(BytesIO(body)).getroot().xpath("//article")
    assert "in World <1>, Sea" in hit.text_content()
    assert CREDIT in hit.text_content()
    assert "Harbour News" in hit.text_content()


async def test_what_was_typed_is_shown_not_run(bench: Bench) -> None:
    release(bench, an_edition(entry(1, "<script>alert(1)</script>")))
    attack = "%22%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E%00%ED%A0%80"
    status, _, body = await bench.ask(f"/search?q={attack}", {})
    assert status == 200
    page = html.parse(BytesIO(body)).getroot()
    assert not page.xpath("//script")
    assert page.xpath("//input/@value")[0].startswith('"><script>alert(1)</script>')
    assert len(page.xpath("//article")) == 1
    assert b"\0" not in body


async def test_questions_are_bounded(bench: Bench) -> None:
    release(bench, an_edition(entry(1, "Ferry sails")))
    _, _, body = await bench.ask("/search?q=" + "f" * 5000, {})
    (value,) = html.parse(BytesIO(body)).getroot().xpath("//input/@value")
    assert value == "f" * 200
    assert await found(bench, "fe f s sa sai sail sails fer ferry nonsense") == ["Ferry sails"]


async def test_many_results_are_cut_and_counted(bench: Bench) -> None:
    release(bench, an_edition(*(entry(number, f"Ferry {number}") for number in range(60))))
    _, _, body = await bench.ask("/search?q=ferry", {})
    page = html.parse(BytesIO(body)).getroot()
    assert len(page.xpath("//article")) == 50
    assert "The first 50 of 60 articles" in page.text_content()


def test_beyond_its_room_an_index_keeps_headlines_and_summaries(bench: Bench) -> None:
    release(bench, an_edition(entry(1, "One", "ferry"), entry(2, "Two", "ferry", summary="Buoy.")))
    titles = {TopicId("world"): "World"}
    assert len(Index(bench.feeds).find("ferry", titles)) == 2
    small = Index(bench.feeds, room=0)
    assert small.find("ferry", titles) == []
    assert [hit.title for hit in small.find("buoy two", titles)] == ["Two"]


def test_a_feed_is_read_again_only_when_its_file_changes(bench: Bench) -> None:
    release(bench, an_edition(entry(1, "Ferry")))
    index, titles = Index(bench.feeds), {TopicId("world"): "World"}
    (first,) = index.find("ferry", titles)
    (again,) = index.find("ferry", titles)
    assert first.link is again.link
    path = bench.feeds / "world.json"
    feed = msgspec.json.decode(path.read_bytes())
    feed["items"][0]["title"] = "Tram"
    bench.publish("world.json", msgspec.json.encode(feed))
    assert [hit.title for hit in index.find("tram", titles)] == ["Tram"]
    assert index.find("ferry", {}) == []
