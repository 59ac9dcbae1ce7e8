"""The sanitizer cases of feedparser's suite: nothing that runs, frames or covers gets through."""

import re
from pathlib import Path

import pytest
from lxml import html

from syndicator.ingest import Profile, read
from syndicator.model.entry import Document
from syndicator.model.ids import SourceId
from tests.builders import HOUSES, NOW

CASES = (
    Path(__file__).parents[2].parent / "shared" / "corpus" / "feedparser" / "tests" / "wellformed"
)
PROFILE = Profile(source=SourceId("s"), publisher="s")
RUNNING = re.compile(
    r"[\s\x00-\x20]*(?:javascript|vbscript|data|file|mocha|livescript)\s*:", re.IGNORECASE
)
NEVER = frozenset(
    [
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "applet",
        "form",
        "input",
        "button",
        "meta",
        "link",
        "base",
        "frame",
        "frameset",
        "svg",
        "math",
        "textarea",
        "select",
        "template",
        "noscript",
        "title",
        "head",
        "body",
    ]
)
ADDRESSES = ("href", "src", "cite", "poster", "background", "action", "xlink:href")


def unsafe(body: str) -> list[str]:
    """Return what of published markup could run, frame or cover."""
    found = []
    for one in html.fragment_fromstring(body, create_parent="div").iter():
        if not isinstance(one.tag, str):
            found.append("a comment or instruction")
            continue
        if one.tag.lower() in NEVER:
            found.append(f"<{one.tag}>")
        for name, value in one.attrib.items():
            if name.lower().startswith("on") or name.lower() in {"style", "class", "id"}:
                found.append(f"{one.tag} {name}")
            elif name.lower() in ADDRESSES and RUNNING.match(str(value)):
                found.append(f"{one.tag} {name}={value}")
    return found


@pytest.mark.parametrize("folder", ["sanitize", "amp", "base"])
def test_nothing_unsafe_gets_through(folder: str) -> None:
    files = sorted((CASES / folder).glob("*.xml"))
    assert len(files) > 60
    bad = {}
    for file in files:
        document = Document(url="http://127.0.0.1:8097/f", body=file.read_bytes())
        for candidate in read(document, PROFILE, NOW, HOUSES).candidates:
            article = candidate.article
            told = unsafe(article.body.html)
            told += [one for one in (article.headline, article.abstract or "") if "<script" in one]
            if told:
                bad[file.name] = told
    assert bad == {}
