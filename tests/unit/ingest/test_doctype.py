"""Entity tricks are refused; honest declarations are not."""

import pytest

from syndicator.errors import ReadError
from syndicator.ingest import parse
from syndicator.model.entry import Document

FEED = '<rss version="2.0"><channel><title>T</title><item><title>&x;</title></item></channel></rss>'


def parsed(declared: str, encoding: str = "utf-8") -> str | None:
    text = f'<?xml version="1.0"?><!DOCTYPE rss [{declared}]>{FEED}'
    feed = parse(Document(url="https://harbour.example/f", body=text.encode(encoding)))
    return feed.entries[0].title


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ('<!ENTITY a "ha"><!ENTITY x "&a;&a;&a;">', "made of entities"),
        ("<!ENTITY x SYSTEM 'file:///etc/passwd'>", "outside entity"),
        ('<!ENTITY x PUBLIC "-//X" "http://harbour.example/x">', "outside entity"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_tricks_are_one_readable_error(declared: str, said: str, encoding: str) -> None:
    with pytest.raises(ReadError, match=said) as found:
        parsed(declared, encoding)
    assert found.value.kind == "entities"


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY nbsp "&#160;">',
        '<!ENTITY % HTMLlat1 PUBLIC "-//W3C//ENTITIES Latin 1 for XHTML//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml-lat1.ent">',
        "",
    ],
)
def test_names_of_characters_are_honest(declared: str) -> None:
    parsed(declared)
