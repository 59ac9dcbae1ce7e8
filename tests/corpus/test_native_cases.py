"""feedparser's own cases that matter to articles, put to the native reader."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

from tests.corpus.judge import document, verdict

SUITE = Path(__file__).parents[2].parent / "shared" / "corpus" / "feedparser"

_OBJECT = "what stands in an object or iframe is for those who show it, and is dropped with it"
_CRAZY = "a document type and stray scripts inside a text: only the words that are left differ"
_REPEATED = "a date said twice is invalid; the first one counts, not the last"
_NAMELESS = "a person without name and mail is nobody who can be credited"
_ID = "an id is compared, never resolved (RFC 4287 §4.2.6)"
_HEADER = "the Content-Language header is not part of a document"
_SECOND = "the shorter of two abstracts is no body"
REVIEWED = {
    "wellformed/sanitize/item_content_encoded_object.xml": _OBJECT,
    "wellformed/sanitize/item_description_object.xml": _OBJECT,
    "wellformed/sanitize/item_fullitem_object.xml": _OBJECT,
    "wellformed/sanitize/entry_content_object.xml": _OBJECT,
    "wellformed/sanitize/entry_summary_object.xml": _OBJECT,
    "wellformed/sanitize/entry_title_object.xml": _OBJECT,
    "wellformed/sanitize/entry_content_iframe.xml": _OBJECT,
    "wellformed/sanitize/entry_summary_iframe.xml": _OBJECT,
    "wellformed/sanitize/entry_content_crazy.xml": _CRAZY,
    "wellformed/sanitize/entry_summary_crazy.xml": _CRAZY,
    "wellformed/sanitize/entry_title_crazy.xml": _CRAZY,
    "wellformed/sanitize/item_content_encoded_crazy.xml": _CRAZY,
    "wellformed/sanitize/item_description_crazy.xml": _CRAZY,
    "wellformed/sanitize/item_fullitem_crazy.xml": _CRAZY,
    "wellformed/sanitize/item_content_encoded_script_nested_cdata.xml": (
        "the ends of a CDATA section inside HTML are a comment, so not even they are left"
    ),
    "wellformed/atom/entry_published_parsed_date_overwriting.xml": _REPEATED,
    "wellformed/atom/entry_updated_multiple_values.xml": _REPEATED,
    "wellformed/atom10/entry_content_src.xml": "content elsewhere is an enclosure of ours",
    "wellformed/atom10/entry_authors_url.xml": _NAMELESS,
    "wellformed/atom10/entry_authors_uri.xml": _NAMELESS,
    "wellformed/base/http_entry_contributor_url_base_content_location.xml": _NAMELESS,
    "wellformed/base/http_entry_contributor_url_base_docuri.xml": _NAMELESS,
    "wellformed/rss/item_description_and_summary.xml": _SECOND,
    "wellformed/rss/item_summary_and_description.xml": _SECOND,
    "wellformed/base/http_entry_id_base_docuri.xml": _ID,
    "wellformed/base/http_entry_id_base_content_location.xml": _ID,
    "wellformed/base/malformed_base.xml": (
        "a base with an empty host is not mended; nothing resolves against it"
    ),
    "wellformed/lang/http_content_language_entry_title_inherit.xml": _HEADER,
    "wellformed/lang/http_content_language_entry_title_inherit_2.xml": _HEADER,
    "wellformed/media-rss/media_group.xml": (
        "of a picture a description is its caption, never the text of the entry"
    ),
}


@cache
def verdicts() -> dict[str, str]:
    rows = map(json.loads, (SUITE / "cases.jsonl").read_text(encoding="utf-8").splitlines())
    return {
        row["file"]: verdict(document(SUITE / "tests" / row["file"], row["file"]), row["expect"])
        for row in rows
        if row["article_case"]
    }


def test_each_case_of_feedparsers_suite_agrees_or_is_reviewed() -> None:
    differing = {file for file, said in verdicts().items() if said == "differs"}
    assert differing == set(REVIEWED)


def test_most_cases_are_read_natively_and_agree() -> None:
    counted = Counter(verdicts().values())
    assert counted["agrees"] >= 960
    assert counted["not read"] <= 14
