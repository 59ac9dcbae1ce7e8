from datetime import UTC, datetime

import pytest

from syndicator.errors import ReadError
from syndicator.ingest import parse
from syndicator.model.entry import Category, Document, Entry, Feed


def feed(body: str | bytes) -> Feed:
    data = body.encode() if isinstance(body, str) else body
    return parse(Document(url="file:///story.xml", body=data))


def only(body: str | bytes) -> Entry:
    (entry,) = feed(body).entries
    return entry


NITF = """<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE nitf SYSTEM "nitf-3-3.dtd">
<nitf version="-//IPTC//DTD NITF 3.3//EN"><head>
<title>1 SEA Ferries</title>
<tobject><tobject.subject tobject.subject.refnum="04015001" tobject.subject.matter="Shipping"/></tobject>
<docdata management-status="usable"><doc-id id-string="hbr-77"/>
<urgency ed-urg="4"/><date.issue norm="20250204T180500+0100"/><date.release norm="20250205T000000Z"/>
<ed-msg info="Repeats with picture"/><doc.copyright holder="Harbour Agency" year="2025"/>
<key-list><keyword key="Ferries"/></key-list></docdata>
<pubdata position.section="Coast"/></head>
<body><body.head><hedline><hl1>Ferries stay in port &#8211; storm near</hl1><hl2>Calm by Friday</hl2></hedline>
<byline>By <person>Ada Quill</person><byttl>Coast Correspondent</byttl></byline>
<dateline><location>BERGEN</location></dateline>
<abstract><p>Ferries stay in port.</p></abstract></body.head>
<body.content><p>Ferries stay in port, <location>Bergen</location> harbour said, at a cost of £2m.</p>
<media media-type="image"><media-reference source="https://hbr.example/1.jpg" mime-type="image/jpeg"/>
<media-caption>A ferry.</media-caption><media-producer>O. Kai</media-producer></media>
<p>Calm is expected.</p><p>ends</p></body.content>
<body.end><tagline>Additional reporting by Odd Kai</tagline></body.end></body></nitf>"""


def test_nitf_is_read_by_its_own_elements() -> None:
    entry = only(NITF.encode("latin-1"))
    assert entry.title == "Ferries stay in port – storm near"
    assert entry.byline == "By Ada Quill\nCoast Correspondent"
    assert entry.dateline == "BERGEN"
    assert entry.section == "Coast"
    assert entry.guid == "hbr-77"
    assert entry.rights.holder == "Harbour Agency"
    assert entry.rights.notice is None  # none is printed
    assert entry.published == datetime(2025, 2, 4, 17, 5, tzinfo=UTC)
    assert entry.pubstatus == "usable"
    assert entry.urgency == 4
    assert entry.embargoed is None
    assert entry.advisories == ("Repeats with picture",)
    assert [one.name for one in entry.authors] == ["Ada Quill"]
    assert Category(term="Ferries") in entry.categories
    assert entry.images[0].caption == "A ferry."


def test_nitf_keeps_the_story_and_drops_end_mark_caption_and_slug() -> None:
    content = only(NITF.encode("latin-1")).content or ""
    assert content == (
        "<p>Ferries stay in port, Bergen harbour said, at a cost of £2m.</p>"
        "<p>Calm is expected.</p><p>Additional reporting by Odd Kai</p>"
    )


def test_an_embargoed_nitf_says_until_when() -> None:
    entry = only(NITF.replace('"usable"', '"embargoed"').encode("latin-1"))
    assert entry.embargoed == datetime(2025, 2, 5, tzinfo=UTC)


def test_a_wrong_encoding_and_html_entities_are_mended() -> None:
    body = NITF.replace('encoding="iso-8859-1"', 'encoding="utf-8"').replace(
        "Calm is", "Calm&nbsp;is"
    )
    content = only(body.encode("latin-1")).content or ""
    assert "£2m" in content
    assert "Calm is" in content.replace("\u00a0", " ")


NEWSML = """<?xml version="1.0" encoding="utf-8"?>
<NewsML Version="1.2"><NewsEnvelope><DateAndTime>20250204T180500Z</DateAndTime></NewsEnvelope>
<NewsItem xml:lang="en"><Identification><NewsIdentifier><ProviderId>hbr.example</ProviderId>
<DateId>20250204</DateId><NewsItemId>TX-1</NewsItemId><RevisionId PreviousRevision="1" Update="N">2</RevisionId>
<PublicIdentifier>urn:newsml:hbr.example:20250204:TX-1:2</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20250204T170500+0000</FirstCreated>
<ThisRevisionCreated>20250204T180500+0000</ThisRevisionCreated><Status FormalName="Usable"/></NewsManagement>
<NewsComponent><NewsLines><DateLine>BERGEN, Feb 4, 2025 (HBR) -</DateLine>
<HeadLine>Ferries stay in port</HeadLine><SlugLine>Norway-ferries</SlugLine><ByLine>By Ada Quill</ByLine>
<CopyrightLine>© 2025 Harbour Agency</CopyrightLine><CreditLine>HBR</CreditLine></NewsLines>
<RightsMetadata><UsageRights><UsageType>NO ARCHIVAL USE</UsageType></UsageRights></RightsMetadata>
<AdministrativeMetadata><Provider><Party FormalName="HBR"/></Provider></AdministrativeMetadata>
<DescriptiveMetadata><Language FormalName="en"/><SubjectCode><Subject FormalName="04000000"/></SubjectCode>
</DescriptiveMetadata>
<NewsComponent><Role FormalName="Main"/><ContentItem><MediaType FormalName="Text"/><DataContent>%s</DataContent>
</ContentItem></NewsComponent>
<NewsComponent><Role FormalName="Picture"/><NewsComponent><Role FormalName="Caption"/><ContentItem>
<MediaType FormalName="Text"/><DataContent><p>A ferry in Bergen.</p></DataContent></ContentItem></NewsComponent>
<ContentItem Href="ferry.jpg"><MediaType FormalName="Photo"/></ContentItem></NewsComponent>
</NewsComponent></NewsItem></NewsML>"""
INNER = [
    "<nitf><body><body.content><p>One.</p><p>Two.</p><p>aq/ok</p></body.content></body></nitf>",
    "<![CDATA[<P>One.</P>\n<P>Two.</P><P> </P><P>aq/ok</P>]]>",
    "<![CDATA[One.\n\nTwo.\n\naq/ok]]>",
    "<html><head><title>x</title></head><body><p>One.</p><p>Two.</p><p>aq/ok</p></body></html>",
]


@pytest.mark.parametrize("inner", INNER)
def test_newsml_reads_its_text_in_every_form(inner: str) -> None:
    entry = only(NEWSML % inner)
    assert entry.content == "<p>One.</p><p>Two.</p><p>aq/ok</p>"


def test_newsml_lines_become_fields() -> None:
    entry = only(NEWSML % INNER[0])
    assert entry.title == "Ferries stay in port"
    assert entry.dateline == "BERGEN, Feb 4, 2025 (HBR) -"
    assert entry.byline == "By Ada Quill"
    assert entry.credit == entry.provider == "HBR"
    assert entry.rights.notice == "© 2025 Harbour Agency"
    assert entry.rights.usage == "NO ARCHIVAL USE"
    assert entry.guid == "urn:newsml:hbr.example:20250204:TX-1"  # revisions share it
    assert entry.published == datetime(2025, 2, 4, 17, 5, tzinfo=UTC)
    assert entry.updated == datetime(2025, 2, 4, 18, 5, tzinfo=UTC)
    assert entry.images[0].caption == "A ferry in Bergen."


PICTURE = """<NewsComponent Duid="photo0"><NewsLines><HeadLine>A ferry</HeadLine><CreditLine>HBR/Archive</CreditLine>
<ByLine>Odd Kai</ByLine><CopyrightLine>© Kai</CopyrightLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="kai.example"/></Provider></AdministrativeMetadata>
<NewsComponent><Role FormalName="Caption"/><ContentItem><MediaType FormalName="Text"/>
<DataContent><p>A ferry in the night.</p></DataContent></ContentItem></NewsComponent>%s</NewsComponent>"""
FILE = """<NewsComponent><Role FormalName="%s"/><ContentItem Href="%s"><MediaType FormalName="Photo"/>
<Characteristics><Property FormalName="Width" Value="%s"/></Characteristics></ContentItem></NewsComponent>"""


def with_picture(*files: tuple[str, str, str]) -> Entry:
    """Return an item whose text says no byline, with one picture of its own lines before it."""
    picture = PICTURE % "".join(FILE % one for one in files)
    bare = (NEWSML % INNER[0]).replace("<ByLine>By Ada Quill</ByLine>", "")
    text = '<NewsComponent><Role FormalName="Main"/>'
    return only(bare.replace(text, picture + text).replace('"HBR"', '"hbr.example"'))


def test_the_lines_of_a_picture_are_its_own_and_none_of_the_text() -> None:
    entry = with_picture(("HighDef", "big.jpg", "900"), ("Quicklook", "small.jpg", "200"))
    first = entry.images[0]
    assert entry.byline is None
    assert (entry.credit, entry.provider, entry.rights.notice) == (
        "HBR",
        "hbr.example",
        "© 2025 Harbour Agency",
    )
    assert (first.url, first.width, first.credit) == ("big.jpg", 900, "Odd Kai, HBR/Archive")
    assert (first.caption, first.rights) == ("A ferry in the night.", "© Kai")
    assert len(entry.images) == 2  # the other is the one of the sample


def test_a_house_is_called_by_its_name_where_the_provider_is_an_address() -> None:
    source = '</Provider><Source><Party FormalName="Harbour"/></Source>'
    item = (NEWSML % INNER[0]).replace('"HBR"', '"hbr.example"').replace("</Provider>", source, 1)
    assert only(item).provider == "Harbour"


def test_of_small_files_alone_the_widest_is_the_picture() -> None:
    entry = with_picture(("Thumbnail", "s.jpg", "90"), ("Preview", "m.jpg", "300"))
    assert [one.url for one in entry.images] == ["m.jpg", "ferry.jpg"]


def test_files_of_one_component_are_one_picture_where_each_says_its_width() -> None:
    one = """<ContentItem Href="{0}.jpg"><MediaType FormalName="Photo"/><Characteristics>
    <Property FormalName="Width" Value="{0}"/>{1}</Characteristics></ContentItem>"""
    high = '<Property FormalName="Height" Value="{}"/>'
    sizes = "".join(one.format(wide, high.format(wide * 2 // 3)) for wide in (225, 800, 550))
    item = (NEWSML % INNER[0]).replace('<ContentItem Href="ferry.jpg">', f"{sizes}<ContentItem>")
    assert [image.url for image in only(item).images] == ["800.jpg"]
    others = sizes.replace('"Height" Value="533"', '"Height" Value="900"')
    assert len(only(item.replace(sizes, others)).images) == 3


def test_pictures_of_a_gallery_are_each_their_own() -> None:
    picture = "".join(PICTURE % (FILE % ("Preview", f"{one}.jpg", "200")) for one in "ab")
    gallery = f"<NewsComponent><NewsLines><CreditLine>Gallery</CreditLine></NewsLines>{picture}</NewsComponent>"
    text = '<NewsComponent><Role FormalName="Main"/>'
    entry = only((NEWSML % INNER[0]).replace(text, gallery + text))
    assert [one.url for one in entry.images] == ["a.jpg", "b.jpg", "ferry.jpg"]
    assert entry.credit == "HBR"


def test_a_picture_beside_the_text_has_no_lines_of_the_text() -> None:
    beside = '<ContentItem Href="b.jpg"><MediaType FormalName="Photo"/></ContentItem>'
    text = '<NewsComponent><Role FormalName="Main"/>'
    entry = only((NEWSML % INNER[0]).replace(text, beside + text))
    assert (entry.byline, entry.images[0].url, entry.images[0].credit) == (
        "By Ada Quill",
        "b.jpg",
        None,
    )


def test_a_list_of_items_with_a_label_is_no_story() -> None:
    listing = (NEWSML % "").replace("<HeadLine>Ferries stay in port</HeadLine>", "")
    listing = listing.replace("</NewsIdentifier>", "</NewsIdentifier><NameLabel>Sea</NameLabel>")
    listing = listing.replace('<ContentItem Href="ferry.jpg">', "<ContentItem>")
    with pytest.raises(ReadError, match="without an item of text"):
        feed(listing)


def test_a_line_that_names_what_is_replaced_is_for_editors() -> None:
    entry = only(NEWSML % "<p>N e w, replaces: Ferries sail on</p><p>One.</p>")
    assert entry.content == "<p>One.</p>"
    assert entry.advisories == ("N e w, replaces: Ferries sail on",)


def test_a_date_alone_is_no_dateline() -> None:
    entry = only((NEWSML % INNER[0]).replace("BERGEN, Feb 4, 2025 (HBR) -", "4/2/2025"))
    assert entry.dateline is None


def test_newsml_of_pictures_alone_is_an_error() -> None:
    with pytest.raises(ReadError):
        feed((NEWSML % "").replace("<HeadLine>Ferries stay in port</HeadLine>", ""))


def test_subjects_files_and_headlines_of_g2_are_told_apart() -> None:
    item = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="g"><itemMeta>
    <itemClass qcode="ninat:text"/></itemMeta><contentMeta><headline role="hl:sub">As storm nears</headline>
    <subject uri="http://cv.example/topic/20000001"><name>Sea</name></subject><subject qcode="a:1"/>
    </contentMeta><contentSet><inlineXML><nitf><body><body.head><hedline><hl1>Ferries stay</hl1></hedline>
    </body.head><body.content><p>One.</p></body.content></body></nitf></inlineXML>
    <remoteContent href="t.jpg" contenttype="image/jpeg" rendition="rnd:thumb"/>
    <remoteContent href="f.jpg" contenttype="image/jpeg" rendition="rnd:highRes"/></contentSet></newsItem>"""
    entry = only(item)
    assert (entry.title, entry.summary) == ("Ferries stay", "As storm nears")
    assert [(one.scheme, one.term) for one in entry.categories] == [
        ("http://cv.example/topic/", "20000001"),
        ("a", "1"),
    ]
    assert [one.url for one in entry.images] == ["f.jpg"]
    (alone,) = only(item.replace("rnd:highRes", "rnd:web")).images
    assert alone.url == "t.jpg"


def test_the_terms_of_a_picture_stay_with_it() -> None:
    terms = """<RightsMetadata><Copyright><CopyrightHolder>Getty Images</CopyrightHolder></Copyright>
    <UsageRights><UsageType>no archive</UsageType></UsageRights></RightsMetadata>"""
    picture = (PICTURE % (FILE % ("HighDef", "a.jpg", "900"))).replace(
        "</NewsLines>", f"</NewsLines>{terms}"
    )
    text = '<NewsComponent><Role FormalName="Main"/>'
    entry = only((NEWSML % INNER[0]).replace(text, picture + text))
    assert entry.images[0].rights == "© Kai; Getty Images; no archive"
    assert (entry.rights.holder, entry.rights.usage) == (None, "NO ARCHIVAL USE")


def test_the_holder_of_a_picture_is_not_the_holder_of_the_text() -> None:
    rights = """<RightsMetadata><Copyright><CopyrightHolder>Kai</CopyrightHolder></Copyright>
    <UsageRights><Limitations>Not in print</Limitations></UsageRights></RightsMetadata>"""
    item = (NEWSML % INNER[0]).replace(
        '<Role FormalName="Picture"/>', f'<Role FormalName="Picture"/>{rights}'
    )
    assert (only(item).rights.holder, only(item).rights.usage) == (None, "NO ARCHIVAL USE")


@pytest.mark.parametrize("name", ["sports-content", "events"])
def test_figures_and_dates_are_no_story(name: str) -> None:
    item = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="g"><itemMeta>
    <itemClass qcode="ninat:text"/></itemMeta><contentMeta>%s</contentMeta><contentSet><inlineXML>
    <{name}><a>Merrow</a><b>3</b></{name}></inlineXML></contentSet></newsItem>"""
    assert only(item % "<headline>Merrow wins</headline>").content is None
    with pytest.raises(ReadError, match="without an item of text"):
        feed(item % "")


G2 = """<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sender>hbr.example</sender></header>
<itemSet><packageItem guid="p"/><newsItem guid="tag:hbr.example,2025:1" version="7" xml:lang="en">
<rightsInfo><copyrightHolder literal="Harbour Agency"/><copyrightNotice>(c) Harbour 2025</copyrightNotice>
<usageTerms>Not for the web</usageTerms></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider literal="hbr.example"/>
<versionCreated>2025-02-04T18:05:00.000Z</versionCreated><firstCreated>2025-02-04T17:05:00Z</firstCreated>
<embargoed>2025-02-05T06:00:00+01:00</embargoed><pubStatus qcode="stat:usable"/><edNote>Picture follows</edNote></itemMeta>
<contentMeta><infoSource literal="Harbour"/><creator literal="Harbour"/><creator literal="Ada Quill"/>
<by>By Ada Quill</by><creditline>Harbour</creditline><language tag="en"/>
<subject qcode="subj:04000000"><name>Economy</name></subject><slugline>SEA/FERRIES (UPDATE 1)</slugline>
<headline>UPDATE 1-Ferries stay in port</headline></contentMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>
<p>(Adds quote from the harbour office, details on other ports all along the coast of Norway)</p>
<p>BERGEN, Feb 4 (Harbour) - Ferries along the coast stayed in
port on Tuesday as a winter storm drew near, the harbour office
said. Crews tied up the boats with double lines and went home to
wait for the wind to turn, which it did in the end.
(Reporting by Ada Quill; Editing by Nils
Deck)</p><p>(Corrects spelling of name in paragraph 2)</p><p>Keywords: SEA FERRIES/</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="tag:hbr.example,2025:pic"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta>
<contentMeta><headline>A ferry</headline></contentMeta>
<contentSet><remoteContent href="f.jpg" contenttype="image/jpeg"/></contentSet></newsItem></itemSet></newsMessage>"""


def test_g2_reads_text_items_and_leaves_pictures_and_packages_out() -> None:
    reading = feed(G2)
    (entry,) = reading.entries
    assert reading.warnings == ("1 item without a text was left out",)
    assert entry.title == "UPDATE 1-Ferries stay in port"
    assert entry.guid == "tag:hbr.example,2025:1"
    assert entry.byline == "By Ada Quill"
    assert [one.name for one in entry.authors] == ["Ada Quill"]  # the house is no person
    assert entry.rights.usage == "Not for the web"
    assert entry.embargoed == datetime(2025, 2, 5, 5, tzinfo=UTC)
    assert entry.pubstatus == "usable"
    assert entry.advisories[0] == "Picture follows"
    assert Category(term="04000000", scheme="subj", label="Economy") in entry.categories


def test_g2_unwraps_its_text_and_keeps_the_sign_off_on_a_line_of_its_own() -> None:
    content = only(G2).content or ""
    assert content.startswith(
        "<p>BERGEN, Feb 4 (Harbour) - Ferries along the coast stayed in port on"
    )
    assert "in the end.<br>(Reporting by Ada Quill; Editing by Nils Deck)</p>" in content


def test_trash_lines_are_for_editors_and_corrections_for_readers() -> None:
    entry = only(G2)
    assert entry.advisories[1].startswith("(Adds quote from the harbour office")
    assert "(Corrects spelling of name" in (entry.content or "")
    assert "Keywords" not in (entry.content or "")


def test_entity_tricks_are_refused() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]><nitf><body><body.head><hedline><hl1>T</hl1></hedline>'
        "</body.head><body.content><p>x&b;&f;y</p></body.content></body></nitf>"
    )
    with pytest.raises(ReadError, match="entit"):
        only(bomb)


@pytest.mark.parametrize("unit", ["<p>", "<p>x</p>", "&nbsp;", "<block><p>", "ends ", "<!--", "&"])
def test_hostile_xml_takes_linear_time(unit: str) -> None:
    body = "<nitf><body><body.content>" + unit * (200_000 // len(unit))
    try:
        feed(body)
    except ReadError:
        return


def test_a_headline_said_again_in_the_body_goes() -> None:
    assert only(NEWSML % "<p>Ferries stay in port</p><p>One.</p>").content == "<p>One.</p>"


def test_what_calls_itself_latin_1_may_be_windows_1252() -> None:
    body = NITF.encode("latin-1").replace(b"Calm is", b"\x93Calm\x94 is")
    assert "“Calm” is expected" in (only(body).content or "")


def test_the_language_of_nitf_may_stand_at_its_root() -> None:
    assert (
        only(
            NITF.replace("<nitf version=", '<nitf baselang="nb-NO" version=').encode("latin-1")
        ).language
        == "nb-NO"
    )


def test_a_deck_that_says_the_headline_again_is_no_abstract() -> None:
    again = NITF.replace("<abstract><p>Ferries stay in port.</p></abstract>", "")
    assert only(again.encode("latin-1")).summary == "Calm by Friday"
    again = again.replace("Calm by Friday", "Ferries stay in port &#8211; storm near")
    assert only(again.encode("latin-1")).summary is None


def test_a_picture_without_an_address_is_none() -> None:
    numbered = NITF.replace("https://hbr.example/1.jpg", "iJIJyyF0tiE").encode("latin-1")
    assert only(numbered).images == ()


NOTED = G2.replace(
    "<edNote>Picture follows</edNote>",
    """<edNote role="x:notepad"><div xmlns="http://www.w3.org/1999/xhtml"><h3>Notes</h3>
    <p>Picture follows</p><section class="np-nonpublic"><p>Desk: Ada Quill, +47 55</p></section></div></edNote>
    <edNote pubconstraint="hbr:nonpublic">Editing by Nils Deck</edNote>
    <edNote role="hbrnote:private">Desk 4</edNote>""",
)


def test_notes_that_are_not_public_are_private() -> None:
    entry = feed(NOTED).entries[0]
    assert entry.advisories[0] == "Notes\nPicture follows"
    assert not any("Desk" in one or "Nils" in one for one in entry.advisories)
    assert entry.private == ("Desk: Ada Quill, +47 55", "Editing by Nils Deck", "Desk 4")


def test_what_a_g2_item_says_is_told_from_what_only_looks_like_it() -> None:
    item = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="g"><itemMeta>
    <itemClass qcode="ninat:text"/></itemMeta><contentMeta><creator qcode="a:1"><name>deck.nils</name></creator>
    <creator><name>quill</name></creator><creator qcode="a:2"><name>Ada Quill</name></creator><headline>Ferries stay</headline>
    <dateline>2025-02-04 18:05:00 GMT+00:00</dateline><headline role="hld:subHeadline">Calm by Friday</headline></contentMeta><contentSet><inlineXML>
    <html xmlns="http://www.w3.org/1999/xhtml"><body><header><ul><li>Sea</li></ul><h1>Ferries stay</h1></header>
    <section><p>Ferries stay in port.</p></section></body></html></inlineXML></contentSet></newsItem>"""
    entry = only(item)
    assert entry.content == "<p>Ferries stay in port.</p>"
    assert entry.summary == "Calm by Friday"
    assert entry.dateline is None  # a moment is no place
    assert [one.name for one in entry.authors] == ["Ada Quill"]  # how one logs in is no name


def test_a_source_that_supplied_the_copy_is_told_from_one_that_informed_it() -> None:
    supplied = '<infoSource role="cRole:origProv" literal="Merrow Lantern"/>'
    entry = feed(G2.replace("<contentMeta>", f"<contentMeta>{supplied}", 1)).entries[0]
    assert entry.sources == ("Merrow Lantern",)
    assert entry.credit == "Harbour"
