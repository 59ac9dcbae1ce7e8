"""What the desk reads from one document of each dialect, as JSON that a person can check.

``python -m tests.corpus.goldens [NAME …]`` writes goldens anew, with ``--words`` it shows them
with all their words instead, to be read beside the source. The documents of others are not
quoted: of their prose a golden holds the first and last words, the length and a digest. What was
written for these tests is shown as it is.
"""

import json
import re
import sys
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from syndicator.errors import ReadError
from syndicator.ingest import Profile, parse, read
from syndicator.model.article import Article
from syndicator.model.entry import Document, Entry, Feed
from syndicator.model.ids import SourceId
from tests.builders import HOUSES

GOLDEN = Path(__file__).parent / "golden"
DOCUMENTS = GOLDEN / "documents"
CAPTURES = Path(__file__).parents[2].parent / "shared" / "corpus" / "captures"
URL = "https://golden.example/document"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
FIRST, LAST, SHOWN = 300, 100, 3
LONG = 120  # letters; what is longer and no address is prose, whatever field it stands in
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
_PROSE = frozenset({"headline", "title", "summary", "abstract", "content", "caption", "text"})
_TOLD_BRIEFLY = frozenset({"advisory", "assistance", "furniture"})
_CARRIED = (
    "link", "authors", "contributors", "categories", "enclosures", "images", "rights", "urgency",
    "point", "discussion",
)  # fmt: skip
_OF_THE_DESK = ("id", "source", "publisher", "first_seen", "version", "fingerprint", "origin")


class Golden(NamedTuple):
    """One golden: its document, and which entries it shows beside the first three (from 1)."""

    name: str
    document: str
    also: tuple[int, ...] = ()

    @property
    def source(self) -> Path:
        """Where the document is: beside the goldens if it was written for them."""
        own = DOCUMENTS / self.document
        return own if own.exists() else CAPTURES / self.document

    @property
    def is_own(self) -> bool:
        """Whether the document was written for the project, so that it may be quoted."""
        return self.source.parent == DOCUMENTS

    @property
    def path(self) -> Path:
        """Where the golden is kept."""
        return GOLDEN / f"{self.name}.json"


GOLDENS = (
    Golden("rss-0.90", "kde__tagesschau.de.xml"),
    Golden("rss-0.91-netscape", "kde__pro-linux.rss091.xml"),
    Golden("rss-0.91-userland", "kde__zeit.de.xml"),
    Golden("rss-0.92", "kde__schockwellenreiter.xml"),
    Golden("rss-1.0", "kde__slashdot.xml"),
    Golden("rss-2.0-content-dc", "sismics__feed_rss2_ploum.xml"),
    Golden("rss-2.0-media", "feedjira__HuffPostCanada.xml"),
    Golden("rss-2.0-podcast", "feedjira__itunes_feedburner.xml"),
    Golden("atom-0.3", "kde__bildblog.xml"),
    Golden("atom-1.0", "kagisearch__stackoverflow.xml"),
    Golden("atom-1.0-xml-base", "kde__tbray.org_nested_xmlbase.xml"),
    Golden("atom-1.0-archive", "atom-1.0-archive.xml"),
    Golden("cdf", "cdf.xml"),
    Golden("json-feed-1.0", "ranchero-softw__pxlnv.json"),
    Golden("json-feed-1.1", "feedbin__feed1_1.json"),
    Golden("ninjs-1", "superdesk__ninjs5.json"),
    Golden("ninjs-1-embargo", "superdesk__ninjs_embargoed.json"),
    Golden("ninjs-2", "ninjs-2.json"),
    Golden("ninjs-3", "ninjs-3.json"),
    Golden("nitf", "superdesk__ap-nitf.xml"),
    Golden("nitf-embargo", "superdesk__pa3.xml"),
    Golden("nitf-for-another", "superdesk__nitf-ntb.xml"),
    Golden("newsml-g2-item", "superdesk__stt_newsml_no_truncated_text_test.xml"),
    Golden("newsml-g2-lines", "superdesk__tag_reuters.com_2014_newsml_KBN0FL0NN_version_5"),
    Golden("newsml-g2-markup-in-text", "superdesk__ansa-newsmlg2-text.xml"),
    Golden("newsml-g2-message", "superdesk__dpa_newsml_test.xml"),
    Golden("newsml-g2-package", "superdesk__tag_reuters.com_2014_newsml_KBN0FL0NM_version_10"),
    Golden("newsml-g2-own-xml", "superdesk__tt_newsml_test.xml"),
    Golden("newsml-1", "superdesk__afp.xml"),
    Golden("newsml-1-pictures", "newsml-1-pictures.xml"),
    Golden("digitalwires", "digitalwires.json"),
    Golden("ap-media-json", "mediacloud__test_ap_fixture_feed_data.json"),
    Golden("iptc-7901", "superdesk__dpa_two_by_line.txt"),
    Golden("anpa-1312", "superdesk__ap_anpa-2.tst"),
    Golden("zczc-signs", "superdesk__612fa1dc-c476-425d-8c80-d40bdc9cc1d5.tst"),
    Golden("zczc-release", "superdesk__ED_841066_2_1.tst"),
    Golden("zczc-fields", "superdesk__AAP201606060716291.tst"),
    Golden("news-sitemap", "news-sitemap.xml"),
    Golden("page", "ranchero-softw__coco.html"),
    Golden("plain-text", "superdesk__asianet_1.tst"),
)


def made(golden: Golden, *, quote: bool = False) -> dict[str, Any]:
    """Read a document and tell what was read; a refusal is told too. ``quote`` tells all words."""
    document = Document(url=URL, body=golden.source.read_bytes())
    told: dict[str, Any] = {"document": golden.document}
    try:
        feed = parse(document, articles=True)
    except ReadError as error:
        return told | {"refused": str(error).removeprefix(f"{URL}: ")}
    show = _Show(quote=quote or golden.is_own, most=sys.maxsize if quote else FIRST + LAST)
    profile = Profile(source=SourceId("golden"), publisher="The Golden", articles=True)
    articles = [one.article for one in read(document, profile, NOW, HOUSES).candidates]
    count = len(feed.entries)
    numbers = [at for at in (*range(1, SHOWN + 1), *golden.also) if at <= count]
    if len(articles) != count:
        raise ValueError(f"{golden.name}: {count} entries became {len(articles)} articles")
    return {
        **told,
        **show.feed(feed),
        "count": count,
        "entries": [show.both(at, feed.entries[at - 1], articles[at - 1]) for at in numbers],
    }


def text(told: dict[str, Any]) -> str:
    """Write a golden as it is kept."""
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


class _Show:
    """Tells values as plain data, what is empty left out; ``quote`` shows prose as it is.

    A quoted text longer than ``most`` is shown by its two ends.
    """

    def __init__(self, *, quote: bool, most: int) -> None:
        self.quote = quote
        self.most = most

    def feed(self, feed: Feed) -> dict[str, Any]:
        """Tell what a document says of itself."""
        plain = self._full(msgspec.to_builtins(feed))
        plain.pop("entries", None)
        return {"format": plain.pop("format"), **plain}

    def both(self, number: int, entry: Entry, article: Article) -> dict[str, Any]:
        """Tell an entry, and where its article says something else or more."""
        read_as = self._entry(msgspec.to_builtins(entry))
        became = self._article(msgspec.to_builtins(article))
        same = {"headline": "title", "abstract": "summary", "text": "content"}
        news = {
            name: value
            for name, value in became.items()
            if value != read_as.get(same.get(name, name))
        }
        lost = [name for name in _CARRIED if name in read_as and name not in became]
        return {"number": number, "entry": read_as, "article": news | dict.fromkeys(lost)}

    def _entry(self, plain: dict[str, Any]) -> dict[str, Any]:
        if plain.get("base") == URL:
            plain["base"] = None
        return self._told(plain)

    def _article(self, plain: dict[str, Any]) -> dict[str, Any]:
        body = plain.pop("body")
        for name in _OF_THE_DESK:
            plain.pop(name, None)
        plain["facts"] = [self._fact(fact) for fact in plain["facts"]]
        return self._told({**plain, "text": body["text"], "trims": body["trims"]})

    def _fact(self, fact: dict[str, Any]) -> dict[str, Any]:
        """Tell a fact; the words of notes and contacts are prose, those of credits are not."""
        start, end = fact.pop("start"), fact.pop("end")
        where = {"at": f"{start}-{end}"} if end else {}
        if fact["type"] in _TOLD_BRIEFLY:
            fact["raw"] = self._prose(fact["raw"])
        return {**where, **fact, "others": fact.get("others") or None}

    def _told(self, plain: dict[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name, value in plain.items():
            if name in _PROSE and isinstance(value, str) and value:
                made[name] = self._prose(value)
            elif name == "advisories":
                made[name] = [self._prose(one) for one in value]
            elif name == "private":
                made[name] = [one if self.quote else _size(one) for one in value]
            elif name == "images":
                made[name] = [self._told(one) for one in value]
            else:
                made[name] = self._full(value)
        return {name: value for name, value in made.items() if not _is_empty(value)}

    def _full(self, value: Any) -> Any:
        """Leave out what is empty, at any depth."""
        if isinstance(value, dict):
            kept = {name: self._full(one) for name, one in value.items()}
            return {name: one for name, one in kept.items() if not _is_empty(one)}
        if isinstance(value, list | tuple):
            return [self._full(one) for one in value]
        if isinstance(value, str) and len(value) > LONG and not _ADDRESS.fullmatch(value):
            return self._prose(value)
        return value

    def _prose(self, words: str) -> str:
        """Show the two ends of a text: enough to find it, and to see that none was lost."""
        size = _size(words)
        if self.quote:
            whole = len(words) <= self.most
            return words if whole else f"{words[:FIRST]} … {words[-LAST:]} {size}"
        parts = words.split()
        few = min(3, len(parts) // 4)
        return f"{' '.join(parts[:few])} … {' '.join(parts[-few:])} {size}" if few else size


def _size(words: str) -> str:
    """Stand for words without showing any."""
    mark = blake2b(words.encode(), digest_size=4).hexdigest()
    return f"[{len(words)} letters, {mark}]"


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value in ("", [], {})


def main() -> None:
    """Write every golden anew, or those named; with ``--words`` only show them."""
    asked = sys.argv[1:]
    names = {one for one in asked if one != "--words"}
    if unknown := names - {golden.name for golden in GOLDENS}:
        sys.exit(f"no golden of this name: {', '.join(sorted(unknown))}")
    for golden in GOLDENS:
        if names and golden.name not in names:
            continue
        if "--words" in asked:
            sys.stdout.write(text(made(golden, quote=True)))
        else:
            golden.path.write_text(text(made(golden)), encoding="utf-8")


if __name__ == "__main__":
    main()
