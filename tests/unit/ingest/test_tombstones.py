from datetime import UTC, datetime

from syndicator.ingest import parse
from syndicator.ingest.tombstones import read_tombstones
from syndicator.model.entry import Deletion, Document

FEED = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"
xmlns:at="http://purl.org/atompub/tombstones/1.0"><id>tag:a,2020:f</id><title>A</title>
<updated>2026-11-24T10:00:00Z</updated>
<at:deleted-entry ref="tag:a,2020:1" when="2026-11-24T11:00:00+01:00">
<at:comment>Not  ours</at:comment></at:deleted-entry>
<at:deleted-entry ref="tag:a,2020:2" when="soon"/><at:deleted-entry when="2026-11-24T10:00:00Z"/>
<entry><id>tag:a,2020:3</id><title>T</title><updated>2026-11-24T10:00:00Z</updated></entry>
</feed>"""


def test_deleted_entries_are_read_beside_the_entries() -> None:
    feed = parse(Document(url="https://a.example/f", body=FEED.encode()))
    assert [one.guid for one in feed.entries] == ["tag:a,2020:3"]
    assert feed.deleted == (
        Deletion(
            ref="tag:a,2020:1", when=datetime(2026, 11, 24, 10, tzinfo=UTC), comment="Not ours"
        ),
        Deletion(ref="tag:a,2020:2"),
    )


def test_what_is_no_sound_atom_says_nothing() -> None:
    assert read_tombstones(FEED.replace("</feed>", "").encode()) == ()
    assert read_tombstones(FEED.replace("www.w3.org/2005", "x.example").encode()) == ()
    assert read_tombstones(b"<rss><channel>deleted-entry</channel></rss>") == ()
