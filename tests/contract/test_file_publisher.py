"""The publisher over a real file system."""

import gzip
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from syndicator.adapters.file_publisher import LARGE, FilePublisher
from syndicator.errors import PublishError
from syndicator.model.edition import Output

BODY = b"<rss>one</rss>" * 50


def an_output(body: bytes = BODY, path: str = "world.rss") -> Output:
    return Output(path=path, media_type="application/rss+xml", body=body)


@pytest.fixture
def feeds(tmp_path: Path) -> Path:
    return tmp_path / "site" / "feeds"


@pytest.fixture
def publisher(feeds: Path) -> FilePublisher:
    return FilePublisher(feeds)


def files(feeds: Path) -> set[str]:
    return {one.relative_to(feeds).as_posix() for one in feeds.rglob("*") if one.is_file()}


def test_writes_the_file_and_its_packed_copy(publisher: FilePublisher, feeds: Path) -> None:
    assert publisher.publish([an_output(), an_output(path="world/index.html")]) == (
        "world.rss",
        "world/index.html",
    )
    assert files(feeds) == {
        "world.rss",
        "world.rss.gz",
        "world/index.html",
        "world/index.html.gz",
    }
    assert (feeds / "world.rss").read_bytes() == BODY
    assert gzip.decompress((feeds / "world.rss.gz").read_bytes()) == BODY
    assert (feeds / "world.rss").stat().st_mode & 0o777 == 0o644


def test_web_servers_may_read_what_a_careful_process_writes(
    publisher: FilePublisher, feeds: Path
) -> None:
    before = os.umask(0o077)
    try:
        feeds.mkdir(parents=True)
        publisher.publish([an_output()])
    finally:
        os.umask(before)
    for name in ("world.rss", "world.rss.gz"):
        assert (feeds / name).stat().st_mode & 0o777 == 0o644


def written(file: Path) -> tuple[int, int, int]:
    """Which file this is and when it was written or renamed; that it was read is no change."""
    found = file.stat()
    return found.st_ino, found.st_mtime_ns, found.st_ctime_ns


def test_the_same_bytes_are_not_written_again(publisher: FilePublisher, feeds: Path) -> None:
    publisher.publish([an_output()])
    before = [written(feeds / name) for name in ("world.rss", "world.rss.gz")]
    assert publisher.publish([an_output()]) == ()
    assert [written(feeds / name) for name in ("world.rss", "world.rss.gz")] == before


def test_changed_bytes_of_equal_length_are_written(publisher: FilePublisher, feeds: Path) -> None:
    publisher.publish([an_output()])
    changed = BODY.replace(b"one", b"two")
    assert publisher.publish([an_output(changed)]) == ("world.rss",)
    assert gzip.decompress((feeds / "world.rss.gz").read_bytes()) == changed


def test_the_gzip_copy_is_the_same_at_any_time(
    publisher: FilePublisher, feeds: Path, tmp_path: Path
) -> None:
    publisher.publish([an_output()])
    FilePublisher(tmp_path / "other").publish([an_output()])
    packed = (feeds / "world.rss.gz").read_bytes()
    assert packed == (tmp_path / "other" / "world.rss.gz").read_bytes()
    assert packed[3] == 0  # no name
    assert packed[4:8] == bytes(4)  # no time


SPOILS: dict[str, Callable[[bytes], bytes]] = {
    "stale": lambda _: gzip.compress(b"older"),
    "cut": lambda data: data[:-3],
    "longer": lambda data: data + b"x",
    "torn": lambda data: data[:20] + bytes(len(data) - 20),
    "empty": lambda _: b"",
}


@pytest.mark.parametrize("spoil", ["missing", *SPOILS])
def test_a_packed_copy_left_behind_by_a_crash_is_mended(
    publisher: FilePublisher, feeds: Path, spoil: str
) -> None:
    publisher.publish([an_output()])
    packed = feeds / "world.rss.gz"
    good = packed.read_bytes()
    packed.unlink() if spoil == "missing" else packed.write_bytes(SPOILS[spoil](good))
    assert publisher.publish([an_output()]) == ("world.rss",)
    assert packed.read_bytes() == good


@pytest.fixture
def no_more_space(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A disk that fails at the last step, where every byte is written and not yet safe."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        yield


@pytest.mark.usefixtures("no_more_space")
def test_a_full_disk_says_so_and_leaves_nothing(publisher: FilePublisher, feeds: Path) -> None:
    with pytest.raises(
        PublishError, match=r"world\.rss: cannot be written: No space left"
    ) as found:
        publisher.publish([an_output()])
    assert found.value.path == feeds / "world.rss"
    assert files(feeds) == set()


def test_on_a_full_disk_the_last_good_feed_stays(
    publisher: FilePublisher, feeds: Path, request: pytest.FixtureRequest
) -> None:
    publisher.publish([an_output()])
    before = {name: (feeds / name).read_bytes() for name in files(feeds)}
    request.getfixturevalue("no_more_space")
    with pytest.raises(PublishError):
        publisher.publish([an_output(b"new")])
    assert {name: (feeds / name).read_bytes() for name in files(feeds)} == before


def test_a_folder_in_the_way_is_an_error(publisher: FilePublisher, feeds: Path) -> None:
    (feeds / "world.rss").mkdir(parents=True)
    with pytest.raises(PublishError, match="the last good feed stays"):
        publisher.publish([an_output()])
    assert not [name for name in files(feeds) if ".part-" in name]


@pytest.mark.parametrize("path", ["../out.rss", "world/../../out.rss"])
def test_a_path_out_of_the_folder_is_refused(
    publisher: FilePublisher, feeds: Path, path: str
) -> None:
    with pytest.raises(PublishError, match="leads out"):
        publisher.publish([an_output(path=path)])
    assert not (feeds.parent / "out.rss").exists()


def test_an_absolute_path_is_refused(publisher: FilePublisher, tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="leads out"):
        publisher.publish([an_output(path=str(tmp_path / "out.rss"))])
    assert not (tmp_path / "out.rss").exists()


def test_a_link_out_of_the_folder_is_not_followed(
    publisher: FilePublisher, feeds: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "keep.txt").write_text("mine")
    feeds.mkdir(parents=True)
    (feeds / "world").symlink_to(outside)
    with pytest.raises(PublishError, match="leads out"):
        publisher.publish([an_output(path="world/index.html")])
    publisher.withdraw(lambda _: False)
    assert [one.name for one in outside.iterdir()] == ["keep.txt"]


def test_withdraw_removes_what_is_refused(publisher: FilePublisher, feeds: Path) -> None:
    for path in ("world.rss", "world/index.html", "sea.rss", "index.html"):
        publisher.publish([an_output(path=path)])
    (feeds / ".gitkeep").touch()
    gone = publisher.withdraw(lambda path: not path.startswith("world"))
    endings = ("", ".gz")
    assert gone == tuple(
        f"{one}{end}" for one in ("world.rss", "world/index.html") for end in endings
    )
    assert not (feeds / "world").exists()
    left = {f"{one}{end}" for one in ("sea.rss", "index.html") for end in endings}
    assert files(feeds) == {".gitkeep", *left}


def test_copies_that_an_earlier_desk_packed_otherwise_go(
    publisher: FilePublisher, feeds: Path
) -> None:
    publisher.publish([an_output()])
    (feeds / "world.rss.zst").write_bytes(b"of an earlier desk")
    assert publisher.withdraw(lambda _: True) == ("world.rss.zst",)
    assert files(feeds) == {"world.rss", "world.rss.gz"}


def test_what_a_process_that_died_was_writing_goes_when_it_is_old(
    publisher: FilePublisher, feeds: Path
) -> None:
    publisher.publish([an_output(path="world/index.html")])
    old, new = feeds / "world/.part-old", feeds / ".part-new"
    newest = (feeds / "world/index.html").stat().st_mtime
    for path, age in ((old, 4000), (new, 60)):
        path.write_bytes(b"half")
        os.utime(path, (newest - age, newest - age))
    assert publisher.withdraw(lambda _: True) == ()
    assert not old.exists()
    assert new.exists()


def test_withdraw_from_nothing(publisher: FilePublisher) -> None:
    assert publisher.withdraw(lambda _: False) == ()


def test_one_that_cannot_be_written_keeps_no_other_from_its_place(tmp_path: Path) -> None:
    publisher = FilePublisher(tmp_path)
    outputs = [Output(path=f"world.{one}", media_type="x", body=b"new") for one in "abc"]
    (tmp_path / "world.b" / "x").mkdir(parents=True)
    with pytest.raises(PublishError, match=r"world\.b: cannot be written"):
        publisher.publish(outputs)
    for one in "ac":
        assert (tmp_path / f"world.{one}").read_bytes() == b"new"
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".")]


def test_documents_of_a_folder(tmp_path: Path) -> None:
    publisher = FilePublisher(tmp_path)
    paths = ["world.rss", "world/archive/1.rss", "world/archive/1/index.html"]
    publisher.publish([Output(path=one, media_type="x", body=b"new") for one in paths])
    assert publisher.published("world/archive") == {*paths[1:]}
    assert publisher.published("none") == frozenset()
    publisher.withdraw(lambda _: False, "world/archive")
    assert publisher.published("") == {"world.rss"}
    with pytest.raises(PublishError, match="leads out"):
        publisher.withdraw(lambda _: False, "../..")


def test_a_large_document_is_written_while_the_next_is_made(
    publisher: FilePublisher, feeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe, waited, flush = Event(), [], os.fsync

    def flushed(handle: int) -> None:
        flush(handle)
        safe.set()

    monkeypatch.setattr(os, "fsync", flushed)

    def made() -> Iterator[Output]:
        yield an_output(b"x" * LARGE * 2)
        waited.append(safe.wait(30))
        assert not (feeds / "world.rss").exists()  # all take their places together
        yield an_output(path="world/index.html")

    assert publisher.publish(made()) == ("world.rss", "world/index.html")
    assert waited == [True]
    assert gzip.decompress((feeds / "world/index.html.gz").read_bytes()) == BODY


@pytest.mark.parametrize("size", [10, LARGE * 2], ids=["small", "large"])
def test_what_cannot_be_made_leaves_all_that_stands(
    publisher: FilePublisher, feeds: Path, size: int
) -> None:
    publisher.publish([an_output()])
    before = {name: (feeds / name).read_bytes() for name in files(feeds)}

    def made() -> Iterator[Output]:
        yield an_output(b"x" * size)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        publisher.publish(made())
    assert {name: (feeds / name).read_bytes() for name in files(feeds)} == before
