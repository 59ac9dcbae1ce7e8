import json
from datetime import datetime, timedelta

from syndicator.ingest import Profile, read
from syndicator.model.edition import Withdrawal
from syndicator.model.entry import Document
from syndicator.model.ids import ArticleId, SourceId
from syndicator.render import with_distinct_ids
from tests.builders import HOUSES, NOW
from tests.unit.render.editions import SPACES, an_edition, document, many, parsed, tree

TOMBS = {**SPACES, "at": "http://purl.org/atompub/tombstones/1.0"}


def a_notice(**changes: object) -> Withdrawal:
    fields = {
        "article": ArticleId("d" * 20),
        "guid": "https://harbour.example/dead",
        "source_title": "Harbour News",
        "since": NOW - timedelta(days=2),
        "at": NOW,
        "by": "The Desk",
        "reason": "It was <wrong>.",
        **changes,
    }
    return Withdrawal(**fields)  # type: ignore[arg-type]


def noticed(*notices: Withdrawal) -> object:
    import msgspec

    return msgspec.structs.replace(an_edition(*many(2)), withdrawn=notices)


def test_atom_holds_a_tombstone() -> None:
    root = tree(noticed(a_notice()), "atom")  # type: ignore[arg-type]
    (stone,) = root.findall("at:deleted-entry", TOMBS)
    assert stone.attrib == {"ref": "https://harbour.example/dead", "when": "2026-11-24T12:00:00Z"}
    assert stone.findtext("at:by/a:name", namespaces=TOMBS) == "The Desk"
    assert "It was <wrong>." in stone.findtext("at:comment", namespaces=TOMBS)


def test_readers_that_know_no_tombstones_do_not_keep_a_killed_article_of_an_atom_feed() -> None:
    edition = noticed(a_notice())
    root = tree(edition, "atom")  # type: ignore[arg-type]
    entry = root.findall("a:entry", TOMBS)[-1]
    assert entry.findtext("a:id", namespaces=TOMBS) == "https://harbour.example/dead"
    updated = datetime.fromisoformat(entry.findtext("a:updated", namespaces=TOMBS))
    assert updated == NOW  # no newer than the tombstone, which counts therefore (RFC 6721)
    assert entry.findtext("dcterms:valid", namespaces=TOMBS).startswith("end=2026-11-24T12:00:00Z")
    notice = parsed(edition, "atom").entries[-1]  # type: ignore[arg-type]
    assert notice.title == "Withdrawn: an article of Harbour News, 22 November 2026"
    assert "withdrawn by The Desk on 24 November 2026. It was" in notice.content[0].value
    assert (notice.author, notice.get("links", [])) == ("The Desk", [])


def test_a_guid_that_is_no_address_has_the_id_it_was_published_under() -> None:
    root = tree(noticed(a_notice(guid="g 9")), "atom")  # type: ignore[arg-type]
    assert root.find("at:deleted-entry", TOMBS).get("ref").startswith("urn:uuid:")


def test_rss_takes_the_place_of_the_item_without_a_word_of_it() -> None:
    edition = noticed(a_notice())
    notice = parsed(edition, "rss").entries[-1]  # type: ignore[arg-type]
    assert notice.id == "https://harbour.example/dead"
    assert notice.title == "Withdrawn: an article of Harbour News, 22 November 2026"
    assert "withdrawn by The Desk on 24 November 2026. It was" in notice.summary
    root = tree(edition, "rss")  # type: ignore[arg-type]
    (valid,) = root.findall("channel/item/dcterms:valid", TOMBS)
    assert valid.text == "end=2026-11-24T12:00:00Z; scheme=W3C-DTF"
    assert root.findall("channel/item")[-1].find("link") is None


def test_json_says_deleted_under_the_same_id_and_the_page_nothing() -> None:
    edition = noticed(a_notice(reason=None))
    notice = json.loads(document(edition, "json"))["items"][-1]  # type: ignore[arg-type]
    assert notice["id"] == "https://harbour.example/dead"
    assert notice["_syndicator"]["deleted"] is True
    assert notice["content_text"] == "This article was withdrawn by The Desk on 24 November 2026."
    assert b"harbour.example/dead" not in document(edition, "html")  # type: ignore[arg-type]


def test_no_living_article_takes_the_id_of_a_withdrawn_one() -> None:
    edition = with_distinct_ids(noticed(a_notice(guid="https://harbour.example/1")))  # type: ignore[arg-type]
    assert [one.article.guid[:9] for one in edition.items] == ["https://h", "urn:uuid:"]
    assert with_distinct_ids(edition) == edition


def test_another_desk_that_reads_our_atom_takes_the_article_for_deleted() -> None:
    body = document(noticed(a_notice()), "atom")  # type: ignore[arg-type]
    read_back = read(
        Document(url="https://desk.example/feeds/world.atom", body=body),
        Profile(source=SourceId("desk"), publisher="desk"),
        NOW + timedelta(hours=1),
        HOUSES,
    )
    (deletion,) = read_back.feed.deleted
    (notice,) = [o.article for o in read_back.candidates if o.article.guid == deletion.ref]
    assert deletion.when is not None
    assert notice.updated <= deletion.when  # a newer one would stand in it anew
