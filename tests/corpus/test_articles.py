"""Whole articles of the sample against their gold: headline, first and last words, page furniture."""

import json
from pathlib import Path
from typing import Any

import pytest

from syndicator.ingest import parse
from syndicator.ingest.markup import Markup
from syndicator.model.entry import Document, Entry

ARTICLES = Path(__file__).parents[2].parent / "shared" / "credit" / "articles"
NEAR = 600  # letters in which a dateline, a byline and credit lines find room
EXCERPTS = {"003_dpa_refile"}  # its gold ends in the middle of the text it came with
QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
# What the page or the wire puts around a story; the rest of the gold's list is for the credit room.
FURNITURE = (
    "THIS CONTENT IS RESERVED",
    "Article content",
    "Advertisement",
    "Share your thoughts",
    "Please read our comment policy",
    "Click to",
    "More US Stories",
    "skip past",
    "Sign up to",
    "after newsletter",
    "Reuse this",
    "Artikel anhören",
    "FacebookX",
    "Folgen auf",
    "Print Email",
    "Print This",
    "Join The",
    "SEE ALSO: Russia",
    "Share on",
    "Recommended",
    "FILED UNDER",
    "Tweet this",
    "Trending",
    "Schlagworte",
    "AP-WF",
    "BC-",
    "REFILE",
    "1ST LEAD",
    "Situation",
    "© ntv.de",
    "© 2021 finanztreff",
    "© 2024 Guardian",
)


def fold(text: str) -> str:
    folded = text.translate(QUOTES).replace("``", '"').replace("''", '"').casefold()
    return "".join(folded.split())


def gold_files() -> list[Path]:
    return sorted(ARTICLES.glob("*.gold.json"))


def understood(gold: dict[str, Any]) -> tuple[Entry, str]:
    path = ARTICLES / gold["file"]
    document = Document(url="https://reader.example/article", body=path.read_bytes())
    (entry,) = parse(document, articles=True).entries
    markup = Markup(entry.content or "", is_html=entry.content_html, base=None)
    return entry, fold(markup.text)


@pytest.mark.parametrize("path", gold_files(), ids=lambda path: path.name.split(".")[0])
def test_an_article_is_read_as_its_gold_says(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    entry, text = understood(gold)
    if gold["headline"]:
        assert fold(entry.title or "") == fold(gold["headline"])
    first, last = fold(gold["body_first_words"]), fold(gold["body_last_words"])
    assert 0 <= text.find(first) <= NEAR
    end = text.rfind(last)
    assert end >= 0
    assert gold["id"] in EXCERPTS or len(text) - end - len(last) <= NEAR
    left = [one for one in gold["boilerplate_to_strip"] if one.startswith(FURNITURE)]
    assert [one for one in left if fold(one) in text] == []
