"""A version that differs only in what its metadata orders is another version."""

import pytest

from syndicator.compare import order_in
from syndicator.ingest import Profile, read
from syndicator.model.article import Article
from syndicator.model.entry import Document
from syndicator.model.ids import SourceId
from tests.builders import HOUSES, NOW

ITEM = """<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"
guid="urn:newsml:harbour.example:1" version="{version}" standard="NewsML-G2" standardversion="2.30">
<itemMeta><itemClass qcode="ninat:text"/><provider literal="Harbour"/>
<versionCreated>2026-11-24T10:00:00Z</versionCreated><pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><headline>Night ferry sails again</headline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<body><p>The ferry sails on Monday, the harbour master said.</p></body></html></inlineXML></contentSet>
</newsItem>"""


def an_item(status: str, version: int) -> Article:
    body = ITEM.format(status=status, version=version).encode()
    document = Document(url="https://harbour.example/1.xml", body=body)
    profile = Profile(source=SourceId("harbour"), publisher="harbour")
    (candidate,) = read(document, profile, NOW, HOUSES).candidates
    return candidate.article


@pytest.mark.parametrize(("status", "action"), [("canceled", "kill"), ("withheld", "hold")])
def test_a_status_is_an_order_and_a_material_change(status: str, action: str) -> None:
    usable, ordered = an_item("usable", 1), an_item(status, 2)
    assert order_in(usable) is None
    order = order_in(ordered)
    assert order is not None
    assert order.action == action
    assert usable.id == ordered.id
    assert usable.fingerprint != ordered.fingerprint
    assert usable.fingerprint == an_item("usable", 3).fingerprint
