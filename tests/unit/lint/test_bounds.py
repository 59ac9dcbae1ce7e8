"""Hostile documents cost bounded time and memory, and are never believed."""

import pytest

from syndicator.lint import lint
from syndicator.lint.findings import MOST_KINDS
from syndicator.lint.markup import breaches
from tests.unit.lint.feeds import rss

HEAD = b'<?xml version="1.0" encoding="utf-8"?>'


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "html",
    [
        "<a " * 300_000,
        "<a x=\"<a x='" * 100_000 + '>"',
        "<!--" * 300_000,
        "<" * 1_000_000,
        "<p>" * 300_000,
        "<script>" * 100_000,
        '<a x="' * 200_000,
        '<a style="' + "a:b;" * 200_000 + '">',
        "=\t" * 300_000 + "<a " + "=\t" * 300_000,
    ],
    ids=lambda html: html[:8],
)
def test_wild_markup_takes_time_by_its_length_alone(html: str) -> None:
    breaches(html)


def test_entities_are_not_resolved() -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(1, 10))
    body = f'<!DOCTYPE rss [<!ENTITY a0 "ha">{levels}]>'.encode() + rss(
        in_title="<title>&a9;</title>", head='<rss version="2.0">'
    )
    assert lint(HEAD + body)


def test_no_file_is_read_by_an_entity() -> None:
    body = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss(
        in_title="<title>&x;</title>", head='<rss version="2.0">'
    )
    assert "root:" not in repr(lint(HEAD + body))


def test_a_deep_tree_is_refused_and_said() -> None:
    found = lint(HEAD + b'<rss version="2.0"><channel>' + b"<a>" * 100_000)
    assert "SAXError" in {one.rule for one in found}


def test_deep_json_is_refused_and_said() -> None:
    assert "InvalidJSON" in {one.rule for one in lint(b'{"items":' + b"[" * 100_000)}


def test_thousands_of_kinds_are_counted_and_not_listed() -> None:
    found = lint(rss(item="".join(f"<z{n}/>" for n in range(5000))))
    assert len(found) == MOST_KINDS + 1
    (more,) = [one for one in found if one.rule == "MoreFindings"]
    assert more.count >= 4700
