import gzip
import os
from pathlib import Path

import pytest

from syndicator.adapters.file_fetcher import FileFetcher
from syndicator.errors import FetchError
from syndicator.model.ids import SourceId
from syndicator.model.source import Source, SourceState
from syndicator.ports import Fetched, NotModified


async def fetch(url: str, known: dict[str, str] | None = None) -> Fetched | NotModified:
    state = SourceState(source=SourceId("s"), url=url, documents=known or {})
    return await FileFetcher(1000).fetch(Source(url=url), state)


async def fails(url: str) -> str:
    with pytest.raises(FetchError) as caught:
        await fetch(url)
    assert caught.value.kind == "file"
    return str(caught.value)


async def test_a_file_is_one_document_until_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "a b.xml"
    path.write_bytes(b"<rss/>")
    got = await fetch(path.as_uri())
    assert isinstance(got, Fetched)
    (document,) = got.documents
    assert (document.url, document.name, document.body) == (path.as_uri(), "", b"<rss/>")
    assert isinstance(await fetch(path.as_uri(), {"": document.digest}), NotModified)
    path.write_bytes(b"<rss />")
    assert isinstance(await fetch(path.as_uri(), {"": document.digest}), Fetched)


async def test_a_packed_file_is_read_and_never_beyond_the_cap(tmp_path: Path) -> None:
    path = tmp_path / "sitemap.xml.gz"
    path.write_bytes(gzip.compress(b"<urlset/>"))
    got = await fetch(path.as_uri())
    assert isinstance(got, Fetched)
    assert got.documents[0].body == b"<urlset/>"
    path.write_bytes(gzip.compress(bytes(2000)))
    assert "larger than 1,000 bytes" in await fails(path.as_uri())
    path.write_bytes(gzip.compress(b"<urlset/>")[:-9])
    assert "ends too soon" in await fails(path.as_uri())


async def test_a_folder_gives_its_new_feeds_in_name_order(tmp_path: Path) -> None:
    for name in ("b.rss", "a.ATOM", "c.json", "d.rdf", "e.xml", "notes.txt", ".hidden.xml"):
        (tmp_path / name).write_text(name)
    (tmp_path / "folder.xml").mkdir()
    got = await fetch(tmp_path.as_uri())
    assert isinstance(got, Fetched)
    assert [one.name for one in got.documents] == ["a.ATOM", "b.rss", "c.json", "d.rdf", "e.xml"]
    known = {one.name: one.digest for one in got.documents}
    assert isinstance(await fetch(tmp_path.as_uri(), known), NotModified)
    (tmp_path / "c.json").write_text("new")
    again = await fetch(tmp_path.as_uri(), known)
    assert isinstance(again, Fetched)
    assert [one.name for one in again.documents] == ["c.json"]


async def test_links_do_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "secret.xml").write_text("x")
    (inside / "a.xml").symlink_to(tmp_path / "secret.xml")
    (inside / "b.xml").symlink_to(inside / "nowhere.xml")
    assert isinstance(await fetch(inside.as_uri()), NotModified)


async def test_trouble_names_the_file(tmp_path: Path) -> None:
    assert "gone.xml" in await fails((tmp_path / "gone.xml").as_uri())
    (tmp_path / "big.xml").write_bytes(bytes(1001))
    assert "big.xml: larger than 1,000 bytes" in await fails(tmp_path.as_uri())
    os.mkfifo(tmp_path / "pipe")
    assert "not a regular file" in await fails((tmp_path / "pipe").as_uri())
    assert "not a regular file" in await fails("file:///dev/zero")
    assert "host elsewhere" in await fails("file://elsewhere/a.xml")
    assert "not a usable path" in await fails("file:///a%00b")
