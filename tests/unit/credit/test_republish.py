import pytest

from syndicator.credit.republish import license_id, read_republication
from syndicator.model.credit import Scope
from tests.builders import a_context

CONTEXT = a_context()


@pytest.mark.parametrize(
    ("line", "license_", "publisher"),
    [
        ("This article is republished from The Conversation under a Creative Commons license. Read the original article.", "CC-BY-ND-4.0", "The Conversation"),
        ("Este artigo é republicado de The Conversation sob uma licença Creative Commons.", "CC-BY-ND-4.0", "The Conversation"),
        ("Artikel ini terbit pertama kali di The Conversation. Baca artikel sumber.", "CC-BY-ND-4.0", "The Conversation"),
        ("This story was originally published in The Merrow Observer.", None, "The Merrow Observer"),
        ("First published in Harbour Dispatch, March 2019.", None, "Harbour Dispatch"),
        ("Reprinted with permission from Harbour Dispatch.", "permission", "Harbour Dispatch"),
        ("Dieser Artikel ist zuerst in der Hafenpost erschienen.", None, "Hafenpost"),
        ("Dieser Artikel erschien zuerst auf netzhafen.de.", None, "netzhafen.de"),
        ("本文转载自港口周刊。", None, "港口周刊"),
        ("This work is licensed under a Creative Commons Attribution-NonCommercial-ShareAlike 3.0 Unported License.", "CC-BY-NC-SA-3.0", None),
        ("(This story has not been edited by Merrow TV staff and is auto-generated from a syndicated feed.)", None, None),
    ],
)  # fmt: skip
def test_whose_it_was_and_on_what_terms(
    line: str, license_: str | None, publisher: str | None
) -> None:
    found = read_republication(line, CONTEXT)
    assert found is not None
    assert (found.license, found.publisher) == (license_, publisher)


@pytest.mark.parametrize(
    "line",
    [
        "The novel was originally published in 1922 under another name.",
        "Originally published: 3 March 2014",
        "This article was first published on March 3, 2014",
        "Creative Commons turns 20 this year, and its licences cover two billion works.",
        "The museum released 3,000 photographs under a Creative Commons license on Monday.",
        "Le roman a été initialement publié en 1922.",
        "This morning Creative Commons opened a part of its site that lists the licenses it supports.",
        "Mit Creative Commons (CC) können Urheber von Texten Lizenzen für die Weiterverwendung vergeben.",
    ],
)
def test_books_dates_and_news_are_none(line: str) -> None:
    assert read_republication(line, CONTEXT) is None


@pytest.mark.parametrize(
    "line",
    [
        "Figure 1: By Ada Quill (Own work) [CC BY-SA 3.0 (http://creativecommons.org/licenses/by-sa/3.0)], via Wikimedia Commons",
        "Abb. 2: Der Hafen. Dieses Bild ist lizenziert unter CC BY-SA 3.0",
    ],
)
def test_the_attribution_of_a_picture_stays_beside_it(line: str) -> None:
    found = read_republication(line, CONTEXT)
    assert found is not None
    assert (found.license, found.scope, found.cut) == ("CC-BY-SA-3.0", Scope.IMAGE, False)


@pytest.mark.parametrize(
    ("text", "spdx"),
    [
        ("CC BY-NC-ND 4.0", "CC-BY-NC-ND-4.0"),
        ("Creative Commons Namensnennung 3.0 Österreich", "CC-BY-3.0-AT"),
        ("a Creative Commons license", "Creative Commons (version not stated)"),
        ("CC0", "CC0-1.0"),
        ("all rights reserved", None),
    ],
)
def test_license_id(text: str, spdx: str | None) -> None:
    assert license_id(text) == spdx
