import pytest

from syndicator.ingest.read import parse
from syndicator.ingest.wishes import read_wishes
from syndicator.model.entry import Document
from syndicator.model.polling import Wishes


def wishes(channel: str) -> Wishes:
    body = (
        "<rss version='2.0' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel>"
        f"<title>T</title>{channel}<item><title>A</title><guid>1</guid></item></channel></rss>"
    )
    return parse(Document(url="https://harbour.example/f", body=body.encode())).wishes


def test_every_hour_and_every_day_is_read() -> None:
    found = wishes(
        "<skipHours><hour>0</hour><hour> 1 </hour><hour>24</hour><hour>99</hour><hour>x</hour>"
        "<hour>13</hour></skipHours><skipDays><day>Saturday</day><day>sunday</day><day>Dies</day>"
        "</skipDays>"
    )
    assert found == Wishes(skip_hours=(0, 1, 13), skip_days=(5, 6))


@pytest.mark.parametrize(
    ("period", "frequency", "seconds"),
    [
        ("hourly", "2", 1800),
        ("daily", None, 86_400),
        (" Weekly ", "7", 86_400),
        ("daily", "0", 86_400),
        ("sometimes", "1", None),
        (None, "4", 21_600),
        ("hourly", "-3", 3600),
    ],
)
def test_a_period_is_divided_by_its_frequency(
    period: str | None, frequency: str | None, seconds: int | None
) -> None:
    assert read_wishes(b"", period, frequency).period == seconds


def test_periods_are_read_from_the_feed() -> None:
    assert wishes("<sy:updatePeriod>hourly</sy:updatePeriod>").period == 3600
    both = "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>6</sy:updateFrequency>"
    assert wishes(both).period == 14_400


def test_what_an_article_says_of_skipping_is_no_wish() -> None:
    talk = (
        "<item><description><![CDATA[<skipHours><hour>3</hour></skipHours>]]></description></item>"
    )
    assert wishes(talk) == Wishes()


@pytest.mark.parametrize("body", [b"<skipHours", b"skipDays", b"<a><skipHours></a>", b""])
def test_rubbish_wishes_nothing(body: bytes) -> None:
    assert read_wishes(body, None, None) == Wishes()
