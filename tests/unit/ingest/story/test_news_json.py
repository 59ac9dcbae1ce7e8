"""ninjs of all versions, and answers of AP's media API."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.errors import ReadError
from syndicator.ingest import parse
from syndicator.model.entry import Category, Document, Entry, Feed, Image, Point, Rights

BODY = "<p>The night ferry sails again.</p>"


def feed(data: Any) -> Feed:
    return parse(Document(url="https://wire.example/i.json", body=json.dumps(data).encode()))


def only(data: Any) -> Entry:
    (entry,) = feed(data).entries
    return entry


ONE: dict[str, Any] = {
    "uri": "urn:harbour:77",
    "type": "text",
    "versioncreated": "2026-11-24T12:30:00+0000",
    "firstcreated": "2026-11-24T11:00:00Z",
    "pubstatus": "usable",
    "embargoed": "2026-11-25T06:00:00+01:00",
    "urgency": 3,
    "headline": "Ferry sails again",
    "byline": "By Ada Quill",
    "located": "Bergen",
    "body_text": "The night ferry sails again.",
    "body_html": BODY,
    "description_text": "A ferry, at last.",
    "language": "en",
    "copyrightholder": "Harbour Agency",
    "copyrightnotice": "© 2026 Harbour Agency",
    "usageterms": "No archival use.",
    "ednote": "Eds: with picture.",
    "source": "Harbour",
    "subject": [{"code": "04015001", "name": "Shipping"}],
    "authors": [{"name": "Ada Quill", "role": "author"}, {"name": "Jo Marsh", "role": "editor"}],
    "associations": {
        "featuremedia": {
            "type": "picture",
            "byline": "O. Kai",
            "copyrightnotice": "© Kai",
            "description_text": "A ferry.",
            "renditions": {
                "small": {"href": "https://p.example/s.jpg", "width": 100, "height": 50},
                "large": {
                    "href": "https://p.example/l.jpg",
                    "width": 900,
                    "height": 450,
                    "mimetype": "image/jpeg",
                },
            },
        },
        "clip": {"type": "video", "renditions": {"a": {"href": "https://p.example/v.mp4"}}},
    },
}
TWO = {
    "uri": "urn:harbour:77",
    "type": "text",
    "versioncreated": "2026-11-24T12:30:00Z",
    "firstcreated": "2026-11-24T11:00:00Z",
    "pubstatus": "usable",
    "embargoed": "2026-11-25T05:00:00Z",
    "urgency": 3,
    "headlines": [
        {"role": "short", "value": "Ferry"},
        {"role": "main", "value": "Ferry sails again"},
    ],
    "by": "By Ada Quill",
    "located": "Bergen",
    "bodies": [
        {"role": "main", "contenttype": "text/plain", "value": "The night ferry sails again."},
        {"role": "main", "contenttype": "text/html", "value": BODY},
        {"role": "teaser", "contenttype": "text/html", "value": "<p>A ferry</p>"},
    ],
    "descriptions": [{"role": "summary", "value": "A ferry, at last."}],
    "language": "en",
    "copyrightholder": "Harbour Agency",
    "copyrightnotice": "© 2026 Harbour Agency",
    "usageterms": "No archival use.",
    "ednote": "Eds: with picture.",
    "infosources": [{"name": "Harbour"}],
    "subjects": [{"uri": "04015001", "name": "Shipping"}],
    "people": [{"name": "Ada Quill", "rel": "author"}, {"name": "Mayor", "rel": "mentioned"}],
    "associations": [
        {
            "type": "picture",
            "by": "O. Kai",
            "copyrightnotice": "© Kai",
            "descriptions": [{"role": "caption", "value": "A ferry."}],
            "renditions": [
                {
                    "name": "large",
                    "href": "https://p.example/l.jpg",
                    "width": 900,
                    "height": 450,
                    "contenttype": "image/jpeg",
                }
            ],
        }
    ],
}
CAMEL = {
    "versioncreated": "versionCreated",
    "firstcreated": "firstCreated",
    "pubstatus": "pubStatus",
    "embargoed": "embargoedUntil",
    "copyrightholder": "copyrightHolder",
    "copyrightnotice": "copyrightNotice",
    "usageterms": "usageTerms",
    "ednote": "edNote",
    "infosources": "infoSources",
}
THREE = {CAMEL.get(key, key): value for key, value in TWO.items()} | {
    "standard": {"name": "ninjs", "version": "3.1"},
}


@pytest.mark.parametrize("item", [ONE, TWO, THREE], ids=["1.x", "2.x", "3.x"])
def test_every_version_says_the_same(item: dict[str, Any]) -> None:
    entry = only(item)
    assert entry.guid == "urn:harbour:77"
    assert entry.title == "Ferry sails again"
    assert (entry.content, entry.content_html) == (BODY, True)
    assert entry.summary == "A ferry, at last."
    assert (entry.byline, entry.dateline) == ("By Ada Quill", "Bergen")
    assert [one.name for one in entry.authors] == ["Ada Quill"]
    assert entry.published == datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
    assert entry.updated == datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
    assert entry.embargoed == datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
    assert (entry.pubstatus, entry.urgency, entry.provider) == ("usable", 3, "Harbour")
    assert entry.rights == Rights(
        notice="© 2026 Harbour Agency", holder="Harbour Agency", usage="No archival use."
    )
    assert entry.advisories == ("Eds: with picture.",)
    assert entry.categories == (Category(term="04015001", label="Shipping"),)
    (picture,) = entry.images
    assert picture == Image(
        url="https://p.example/l.jpg", type="image/jpeg", width=900, height=450,
        credit="O. Kai", caption="A ferry.", rights="© Kai",
    )  # fmt: skip


def test_lists_packages_and_what_is_no_text() -> None:
    picture = {"uri": "p", "type": "picture", "headline": "A ferry"}
    other = {**ONE, "uri": "urn:harbour:78"}
    assert [one.guid for one in feed([ONE, picture, other]).entries] == [ONE["uri"], other["uri"]]
    assert feed([ONE, picture]).warnings == ("1 item without a text was left out",)
    assert [one.guid for one in feed({"_items": [ONE]}).entries] == [ONE["uri"]]
    package = {"uri": "k", "type": "composite", "headline": "All", "associations": {"a": ONE}}
    assert [one.guid for one in feed(package).entries] == [ONE["uri"]]
    with pytest.raises(ReadError, match="without an item of text"):
        feed(picture)


def test_rights_may_be_linked() -> None:
    link = "https://creativecommons.org/licenses/by-nd/4.0/"
    entry = only({**ONE, "rightsInfo": {"linkedRights": link}})
    assert entry.rights.licenses == (link,)
    assert only({**ONE, "pubstatus": "canceled"}).pubstatus == "canceled"


AP = {
    "api_version": "1.1",
    "data": {
        "items": [
            {
                "item": {
                    "uri": "https://api.example/1?qt=secret",
                    "altids": {"itemid": "31b6"},
                    "type": "text",
                    "versioncreated": "2019-05-28T08:10:57Z",
                    "pubstatus": "usable",
                    "ednote": "Eds: AP video.",
                    "headline": "A search for new homes",
                    "bylines": [{"by": "By NEIL SHAW", "title": "Associated Press"}],
                    "datelinelocation": {"city": "Mwalija", "countryname": "Malawi"},
                    "usageterms": ["Editorial use only."],
                    "provider": "AP",
                    "links": [{"rel": "canonical", "href": "https://ap.example/31b6"}],
                }
            },
            {"item": {"uri": "p", "type": "picture", "headline": "x"}},
        ]
    },
}


def test_an_answer_of_ap_is_read_without_the_question() -> None:
    read = feed(AP)
    (entry,) = read.entries
    assert (read.format, entry.guid, entry.link) == (
        "ap-media-json",
        "31b6",
        "https://ap.example/31b6",
    )
    assert entry.byline == "By NEIL SHAW, Associated Press"
    assert entry.dateline == "Mwalija, Malawi"
    assert entry.rights.usage == "Editorial use only."
    assert read.warnings == ("1 item without a text was left out",)
    single = {"api_version": "1.1", "data": {"item": AP["data"]["items"][0]["item"]}}  # type: ignore[index]
    assert [one.guid for one in feed(single).entries] == ["31b6"]
    with pytest.raises(ReadError, match="without an item of text"):
        feed({"api_version": "1.1", "data": {}})


@pytest.mark.parametrize(
    ("shape", "point"),
    [
        ({"type": "Point", "coordinates": [34.5, -15.9]}, Point(latitude=-15.9, longitude=34.5)),
        ({"type": "Polygon", "coordinates": [[34.5, -15.9]]}, None),
        ({"type": "Point", "coordinates": [34.5]}, None),
        ({"type": "Point", "coordinates": ["34.5", "-15.9"]}, None),
        ({"type": "Point", "coordinates": [-15.9, 95]}, None),
        ("Point", None),
    ],
)
def test_where_an_ap_story_was_written_is_a_point(shape: object, point: Point | None) -> None:
    item = {**AP["data"]["items"][0]["item"]}  # type: ignore[index]
    item["datelinelocation"] = {"city": "Mwalija", "geometry_geojson": shape}
    assert only({"api_version": "1.1", "data": {"item": item}}).point == point


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=9)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from([*ONE, *THREE]), inner, max_size=4),
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*ONE, *THREE]), VALUES, max_size=8))
def test_whatever_stands_in_an_item_it_is_read_or_refused(odd: dict[str, Any]) -> None:
    for data in (
        {**ONE, **odd},
        [odd, ONE],
        {"api_version": "1", "data": {"item": {**ONE, **odd}}},
    ):
        try:
            entries = feed(data).entries
        except ReadError:
            continue
        assert all(isinstance(one.title, str | None) for one in entries)


def test_a_source_of_content_is_kept_beside_the_provider() -> None:
    entry = only({**TWO, "provider": "Coast Wire", "infosources": [{"literal": "Merrow Lantern"}]})
    assert (entry.provider, entry.sources) == ("Coast Wire", ("Merrow Lantern",))


def test_a_type_need_not_be_said_where_other_names_tell() -> None:
    item = {key: value for key, value in ONE.items() if key != "type"}
    assert only(item).title == "Ferry sails again"
    with pytest.raises(ReadError, match="without a list"):
        feed({"guid": "g", "headline": "One sign is not enough"})


def test_names_of_lists_and_types_are_read_whatever_their_case() -> None:
    (entry,) = feed({"Items": [{**ONE, "type": "Text"}, {**ONE, "type": "Picture"}]}).entries
    assert entry.title == "Ferry sails again"


def test_a_footer_is_no_body() -> None:
    item = {key: value for key, value in ONE.items() if not key.startswith("body_")}
    assert only({**item, "body_footer": "<p>Call 1234.</p>"}).content is None


NITF = (
    '<?xml version="1.0" encoding="iso-8859-1"?>\n<nitf><head><title>SEA</title></head><body>'
    "<body.head><hedline><hl1>Ferry</hl1></hedline></body.head><body.content>"
    "<p>The night ferry sails again – at last.</p></body.content></body></nitf>"
)


def test_a_body_in_nitf_is_read_as_nitf() -> None:
    item = {key: value for key, value in ONE.items() if not key.startswith("body_")}
    bodies = [
        {"role": "ttx", "contenttype": "application/xml", "value": "<TTX><A>no</A></TTX>"},
        {"role": "main", "contenttype": "application/nitf+xml", "value": NITF},
    ]
    entry = only({**item, "bodies": bodies})
    assert (entry.content, entry.content_html) == (
        "<p>The night ferry sails again – at last.</p>",
        True,
    )
    bodies.append({"role": "main", "contenttype": "text/html", "value": BODY})
    assert only({**item, "bodies": bodies}).content == BODY
    assert only({**item, "body_nitf": NITF.partition("\n")[2]}).content == entry.content


@pytest.mark.parametrize(
    ("top", "left"),
    [
        ("<h1>Ferry sails again</h1>", ""),
        ("<html><head><title>x</title></head><body><h1 class='a'>Ferry <i>sails</i> again</h1>",)
        * 2,
        ("<h1>Another headline</h1>",) * 2,
        ("<p>Bergen</p><h1>Ferry sails again</h1>",) * 2,
        ("<h1>Ferry sails again",) * 2,
    ],
)
def test_a_heading_that_says_the_headline_again_is_no_part_of_the_body(top: str, left: str) -> None:
    if "head>" in top:
        left = "<html><head><title>x</title></head><body>"
    assert only({**ONE, "body_html": top + BODY}).content == left + BODY


def test_a_heading_is_told_whatever_its_letters_and_a_picture_in_it_stays() -> None:
    title = "İstanbul'da vapur"
    top = f"<p> </p><h1>{title}</h1>"
    assert only({**ONE, "headline": title, "body_html": top + BODY}).content == "<p> </p>" + BODY
    pictured = f"<h1>{title}<img src='f.jpg'></h1>{BODY}"
    assert only({**ONE, "headline": title, "body_html": pictured}).content == pictured
