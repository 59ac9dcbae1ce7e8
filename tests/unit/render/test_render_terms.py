"""Terms of use by machines, in each format's own words."""

import json
from typing import Any

import pytest

from syndicator.model.edition import Item
from syndicator.model.license import License
from syndicator.render.terms import RSL
from tests.unit.render.editions import a_piece, an_edition, document, tree


def piece(use: dict[str, str]) -> Item:
    item = a_piece()
    rules = License.model_validate(
        {**item.license.model_dump(), "use": use, "holder": "Harbour Co."}
    )
    return Item(
        article=item.article, cleared=item.cleared, license=rules, source_title=item.source_title,
        html=item.html, summary=item.summary,
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["rss", "atom"])
@pytest.mark.parametrize(
    ("use", "terms"),
    [
        ({}, {"prohibits": "ai-train,ai-input,ai-index"}),
        ({"input": "allow"}, {"permits": "ai-input", "prohibits": "ai-train,ai-index"}),
        (
            {"train": "allow", "input": "allow", "mining": "allow"},
            {"permits": "ai-train,ai-input,ai-index"},
        ),
    ],
)
def test_rsl_stands_in_each_entry_and_in_no_feed(
    kind: str, use: dict[str, str], terms: dict[str, str]
) -> None:
    root: Any = tree(an_edition(piece(use)), kind)
    entry = next(root.iter("{*}item" if kind == "rss" else "{http://www.w3.org/2005/Atom}entry"))
    (content,) = entry.findall(f"{{{RSL}}}content")
    assert content.get("url") == a_piece().article.link
    (licensed,) = content
    assert {one.tag.rpartition("}")[2]: one.text for one in licensed} == terms
    assert len(list(root.iter(f"{{{RSL}}}content"))) == 1


def test_json_feed_says_the_same() -> None:
    feed = json.loads(document(an_edition(piece({"mining": "allow"})), "json"))
    said = feed["items"][0]["_syndicator"]
    assert said["use"] == {"train": "deny", "input": "deny", "mining": "allow"}
