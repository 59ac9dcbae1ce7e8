from difflib import ndiff
from pathlib import Path

import pytest

from syndicator.errors import SettingsError
from syndicator.model.ids import SourceId
from syndicator.settings.edit import add_source, remove_source, set_paused

TEXT = """\
# head
sources:
   # the first
   first:   # odd spacing
      url:  "https://a.example/f"   # quoted
      topics: [ a,b ]

   second:
      url: 'https://b.example/a-very-long-address/that/an/emitter/would/like/to/fold/over/lines?x=1&y=2'
      # inside
   # between
   third: {url: https://c.example/}
# foot
"""


def changed(config: Path) -> list[str]:
    after = (config / "sources.yaml").read_text()
    lines = ndiff(TEXT.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "sources.yaml").write_text(TEXT)
    return tmp_path


def test_adding_touches_nothing_else_and_can_be_undone(config: Path) -> None:
    add_source(config, SourceId("4"), {"url": "https://d.example/", "topics": ["x"], "title": "1"})
    assert changed(config) == [
        "+    '4':",
        "+       url: https://d.example/",
        "+       topics: [x]",
        "+       title: '1'",
    ]
    remove_source(config, SourceId("4"))
    assert changed(config) == []


def test_pausing_touches_one_line_and_can_be_undone(config: Path) -> None:
    set_paused(config, SourceId("first"), paused=True)
    assert changed(config) == ["+       paused: true"]
    set_paused(config, SourceId("first"), paused=True)
    assert changed(config) == ["+       paused: true"]
    set_paused(config, SourceId("first"), paused=False)
    assert changed(config) == []


def test_pausing_a_source_in_braces_keeps_comments(config: Path) -> None:
    set_paused(config, SourceId("third"), paused=True)
    text = (config / "sources.yaml").read_text()
    assert "paused: true" in text
    assert all(word in text for word in ("# head", "# the first", "# inside", "# foot"))


def test_removing_takes_only_its_lines(config: Path) -> None:
    remove_source(config, SourceId("second"))
    assert len(changed(config)) == 3
    assert all(line.startswith("-") for line in changed(config))


@pytest.mark.parametrize("text", [None, "", "# only\n", "sources:\n", "sources: {}\n"])
def test_adding_to_nothing(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "sources.yaml").write_text(text)
    add_source(tmp_path, SourceId("a"), {"url": "https://a.example/"})
    expected = (text if text == "# only\n" else "") or ""
    written = (tmp_path / "sources.yaml").read_text()
    assert written == expected + "sources:\n  a:\n    url: https://a.example/\n"
    assert [path.name for path in tmp_path.iterdir()] == ["sources.yaml"]


def test_unknown_and_taken_names(config: Path) -> None:
    with pytest.raises(SettingsError, match="did you mean first"):
        remove_source(config, SourceId("frist"))
    with pytest.raises(SettingsError, match="already"):
        add_source(config, SourceId("first"), {"url": "https://a.example/"})
    with pytest.raises(SettingsError, match="an id is"):
        add_source(config, SourceId("No!"), {"url": "https://a.example/"})
    assert changed(config) == []


def test_line_ends_stay(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_bytes(
        b"\xef\xbb\xbfsources:\r\n  a:\r\n    url: https://a/\r\n"
    )
    set_paused(tmp_path, SourceId("a"), paused=True)
    assert (tmp_path / "sources.yaml").read_bytes() == (
        b"\xef\xbb\xbfsources:\r\n  a:\r\n    url: https://a/\r\n    paused: true\r\n"
    )


def test_a_folder_named_from_here_loses_nothing(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(config.parent)
    add_source(Path(config.name), SourceId("fourth"), {"url": "https://d.example/"})
    assert all(line.startswith("+") for line in changed(config))
