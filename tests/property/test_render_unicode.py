"""Any words an upstream may send leave as well-formed documents that say the same."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from syndicator.model.entry import Person
from syndicator.model.text import legal, squeeze
from tests.unit.render.editions import a_piece, an_edition, document, parsed, texts, tree

ANY = st.text(st.characters(), max_size=60)  # surrogates and control characters too


@settings(max_examples=150, deadline=None)
@given(headline=ANY, guid=ANY, name=ANY, body=ANY)
def test_any_words_round_trip(headline: str, guid: str, name: str, body: str) -> None:
    edition = an_edition(
        a_piece(headline=headline, guid=guid, authors=(Person(name=name),), html=f"<p>{body}</p>")
    )
    wanted = squeeze(legal(headline)) or "Untitled"
    author = squeeze(legal(name))
    rss, atom = tree(edition, "rss"), tree(edition, "atom")
    feed = json.loads(document(edition, "json"))
    assert texts(rss, "channel/item/title") == texts(atom, "a:entry/a:title") == [wanted]
    assert texts(rss, "channel/item/dc:creator") == ([author] if author else [])
    assert texts(atom, "a:entry/a:author/a:name") == [author or "Harbour News"]
    (shown,) = texts(rss, "channel/item/guid")
    assert feed["items"][0]["id"] == shown
    assert shown == squeeze(legal(guid)) or shown.startswith("urn:uuid:")
    assert etree.HTML(document(edition, "html")) is not None


@settings(max_examples=50, deadline=None)
@given(
    headline=st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=40),
    guid=st.text(st.characters(categories=("L", "N")), min_size=1, max_size=40),
    name=st.text(st.characters(categories=("Lu", "Ll", "Lo")), min_size=1, max_size=40),
)
def test_a_reader_gets_id_and_authors_back(headline: str, guid: str, name: str) -> None:
    edition = an_edition(a_piece(headline=headline, guid=guid, authors=(Person(name=name),)))
    (entry,) = parsed(edition, "rss").entries
    assert entry.id == guid
    assert entry.author == name
