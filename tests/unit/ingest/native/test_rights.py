import pytest

from syndicator.ingest.xmlfeed import read_xml
from syndicator.model.entry import Rights
from tests.unit.ingest.feeds import SPACES, atom, document, entry, item, rss

BY = "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    "inside",
    [
        f"<link rel='license' href='{BY}'/>",
        f"<atom:link rel='license' href='{BY}'/>",
        f"<cc:license rdf:resource='{BY}'/>",
        f"<creativeCommons:license>{BY}</creativeCommons:license>",
        f"<dcterms:license>{BY}</dcterms:license>",
        f"<dcterms:license rdf:resource='{BY}'/>",
        f"<podcast:license url='{BY}'>cc-by-4.0</podcast:license>",
    ],
)
def test_licences_wherever_they_are_said(inside: str) -> None:
    assert item(inside).rights == Rights(licenses=(BY,))
    assert rss(inside).origin.rights == Rights(licenses=(BY,))


def test_the_name_of_a_licence_is_a_term_in_words() -> None:
    assert item("<podcast:license>cc-by-4.0</podcast:license>").rights == Rights(usage="cc-by-4.0")


def test_several_licences_each_once() -> None:
    one = entry(
        f"<link rel='license' href='{BY}'/><link rel='license' href='/terms'/>"
        f"<creativeCommons:license>{BY}</creativeCommons:license>"
    )
    assert one.rights.licenses == (BY, "https://harbour.example/terms")


@pytest.mark.parametrize(
    "inside",
    ["<rights>© H</rights>", "<dc:rights>© H</dc:rights>", "<copyright>© H</copyright>",
     "<dc:rights> </dc:rights><dcterms:rights>© H</dcterms:rights>",
     "<rights type='html'>© H</rights>", "<rights type='xhtml'><xhtml:div>© H</xhtml:div></rights>"],
)  # fmt: skip
def test_notices_wherever_they_are_said(inside: str) -> None:
    assert entry(inside).rights.notice == "© H"
    assert atom(inside).origin.rights.notice == "© H"


def test_holder_and_terms_of_dublin_core() -> None:
    one = item(
        "<dcterms:rightsHolder>Harbour Co.</dcterms:rightsHolder>"
        "<dcterms:accessRights>Subscribers only</dcterms:accessRights>"
    )
    assert one.rights == Rights(holder="Harbour Co.", usage="Subscribers only")


def test_rsl_says_holder_permissions_and_payment() -> None:
    one = item(
        "<rsl:content url='https://h.example/1'><rsl:license>"
        "<rsl:permits type='usage'>search</rsl:permits><rsl:prohibits type='usage'>ai-train</rsl:prohibits>"
        f"<rsl:payment type='attribution'><rsl:standard>{BY}</rsl:standard></rsl:payment>"
        "<rsl:copyright>Harbour Co.</rsl:copyright></rsl:license></rsl:content>"
    )
    assert one.rights == Rights(
        holder="Harbour Co.",
        licenses=(BY,),
        machine="permits usage: search; prohibits usage: ai-train; payment: attribution",
    )


def test_the_licence_of_a_feed_is_not_said_of_its_entries() -> None:
    feed = atom(f"<link rel='license' href='{BY}'/><entry><id>1</id></entry>")
    assert feed.origin.rights.licenses == (BY,)
    assert feed.entries[0].rights == Rights()


@pytest.mark.parametrize("name", ["dcterms:rightsHolder", "dc:rightsHolder"])
def test_a_holder_is_read_from_either_namespace_of_dublin_core(name: str) -> None:
    said = f"<{name}>Harbour Co</{name}>"
    assert item(said).rights == Rights(holder="Harbour Co")
    whole = f'<rss version="2.0" {SPACES}><channel><item>{said}<title>T</item></channel></rss>'
    (tolerated,) = read_xml(document(whole)).entries  # ill-formed
    assert tolerated.rights == Rights(holder="Harbour Co")
