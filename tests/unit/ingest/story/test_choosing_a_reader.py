import pytest

from syndicator.errors import ReadError
from syndicator.ingest import parse
from syndicator.model.entry import Document

PAGE = b"<!doctype html><html><body><h1>Ferries stay in port</h1><p>The harbour office closed the port on Tuesday, it said in a note.</p></body></html>"
TEXT = (
    b"The harbour office closed the port on Tuesday, it said in a note to all captains of ferries."
)
RSS = b'<rss version="2.0"><channel><title>H</title><item><title>T</title></item></channel></rss>'
NITF = b"<nitf><body><body.head><hedline><hl1>T</hl1></hedline></body.head></body></nitf>"
WIRE = b"\x01abc001 3 i 9\r\nPort\r\n\x02Title =\r\n\r\nText.\r\n\x03041705 GMT Feb 25\r\n\x04"
JSON = b'{"version": "https://jsonfeed.org/version/1.1", "title": "H", "items": [{"id": "1"}]}'


def kind(body: bytes, *, articles: bool = False) -> str:
    return parse(Document(url="https://harbour.example/x", body=body), articles=articles).format


@pytest.mark.parametrize("articles", [False, True])
@pytest.mark.parametrize(
    ("body", "format_"), [(RSS, "rss20"), (NITF, "nitf"), (WIRE, "iptc7901"), (JSON, "json11")]
)
def test_feeds_and_news_formats_are_always_read(
    body: bytes, format_: str, *, articles: bool
) -> None:
    assert kind(body, articles=articles) == format_
    assert kind(b"\xef\xbb\xbf  \n" + body, articles=articles) == format_


@pytest.mark.parametrize(
    "body", [PAGE, TEXT, b"<html><body>502 Bad Gateway</body></html>", b"not found"]
)
def test_a_source_that_answers_with_a_page_or_words_is_in_error(body: bytes) -> None:
    with pytest.raises(ReadError):
        kind(body)


def test_pages_and_text_are_read_when_asked_for() -> None:
    assert kind(PAGE, articles=True) == "page"
    assert kind(b"<!-- " + b"x" * 9000 + b" -->" + PAGE, articles=True) == "page"
    assert kind(TEXT, articles=True) == "text"


@pytest.mark.parametrize("articles", [False, True])
def test_unknown_xml_is_an_error(*, articles: bool) -> None:
    with pytest.raises(ReadError):
        kind(b"<invoice><total>3</total></invoice>", articles=articles)
