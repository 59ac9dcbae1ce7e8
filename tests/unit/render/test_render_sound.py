"""What upstreams get wrong leaves right, or not at all: addresses, types, languages, plain words."""

import json

import pytest

from syndicator.lint import is_address
from syndicator.model.entry import Enclosure, Image
from syndicator.render.common import address_of
from tests.unit.render.editions import CREDIT, SPACES, a_piece, an_edition, document, texts, tree


@pytest.mark.parametrize(
    ("url", "sound"),
    [
        ("https://h.example/a?b=c#d", "https://h.example/a?b=c#d"),
        ("https://h.example/a?b[]=1", "https://h.example/a?b%5B%5D=1"),
        ("https://h.example/a b", "https://h.example/a%20b"),
        ("https://h.example/%C3%B6", "https://h.example/%C3%B6"),
        ("https://h.example/ö", "https://h.example/%C3%B6"),
        ("https://höhe.example/ö", "https://xn--hhe-sna.example/%C3%B6"),
        ("https://[::1]:8080/a", "https://[::1]:8080/a"),
        ("mailto:a@h.example", "mailto:a@h.example"),
        ("http:///path", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_is_made_sound_or_left_out(url: str | None, sound: str | None) -> None:
    assert address_of(url) == sound
    assert sound is None or is_address(sound)


def test_a_link_with_brackets_is_the_same_in_every_format() -> None:
    edition = an_edition(a_piece(link="https://h.example/a?b[]=1"))
    wanted = "https://h.example/a?b%5B%5D=1"
    assert texts(tree(edition, "rss"), "channel/item/link") == [wanted]
    assert texts(tree(edition, "atom"), "a:entry/a:link[@rel='alternate']/@href") == [wanted]
    assert json.loads(document(edition, "json"))["items"][0]["url"] == wanted


def test_a_plain_summary_reaches_readers_as_it_is() -> None:
    edition = an_edition(a_piece(summary="1 < 2 & <script> is a tag"))
    (said,) = texts(tree(edition, "rss"), "channel/item/description")
    assert said == "1 &lt; 2 &amp; &lt;script&gt; is a tag"
    (said,) = texts(tree(edition, "atom"), "a:entry/a:summary")
    assert said == "1 < 2 & <script> is a tag"


def test_a_headline_alone_has_the_credit_for_a_summary() -> None:
    edition = an_edition(a_piece(html="", summary=""))
    assert texts(tree(edition, "rss"), "channel/item/description") == [CREDIT]
    assert texts(tree(edition, "atom"), "a:entry/a:summary") == [CREDIT]


def test_what_is_no_type_no_size_and_no_language_is_not_said() -> None:
    edition = an_edition(
        a_piece(
            enclosures=(
                Enclosure(url="https://h.example/a.mp3", type="audio/mpeg of mine", length=-3),
            ),
            images=(Image(url="https://h.example/i", type="an/image/type", width=-1, height=0),),
            language="US",
        )
    )
    rss = tree(edition, "rss")
    (file,) = rss.findall("channel/item/enclosure")
    assert dict(file.attrib) == {
        "url": "https://h.example/a.mp3",
        "length": "0",
        "type": "application/octet-stream",
    }
    (picture,) = rss.xpath("channel/item/m:content", namespaces=SPACES)
    assert dict(picture.attrib) == {"url": "https://h.example/i", "medium": "image"}
    assert texts(rss, "channel/item/dc:language") == []
    (item,) = json.loads(document(edition, "json"))["items"]
    assert "language" not in item
    assert "size_in_bytes" not in item["attachments"][0]
