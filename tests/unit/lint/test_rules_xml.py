"""One fault at a time in RSS and Atom: it is found, and the mended feed has none."""

import pytest

from syndicator.lint import RULES, Level, lint
from tests.builders import NOW
from tests.unit.lint.feeds import ADDRESS, atom, rss

GUID = '<guid isPermaLink="false">tag:harbour.example,2026:1</guid>'
SOUND = rss()
SOUND_ATOM = atom()
XHTML = '<div xmlns="http://www.w3.org/1999/xhtml">'


def item(text: str) -> bytes:
    return rss(item=text)


def channel(text: str) -> bytes:
    return rss(channel=text)


def entry(text: str) -> bytes:
    return atom(entry=text)


def feed(text: str) -> bytes:
    return atom(feed=text)


def html(text: str) -> bytes:
    return rss(item=f"<content:encoded><![CDATA[{text}]]></content:encoded>")


def link(attributes: str) -> bytes:
    return atom(feed=f"<link {attributes}/>")


def podcast(text: str) -> bytes:
    return channel(text)


CASES: list[tuple[str, bytes, bytes]] = [
    # The document
    ("SAXError", SOUND.replace(b"</item>", b""), SOUND),
    ("SAXError", b"\n" + SOUND, SOUND),
    ("WPBlankLine", b"\n" + channel("<generator>https://wordpress.org/?v=6</generator>"), SOUND),
    ("UndefinedNamedEntity", rss(in_title="<title>&nbsp;</title>"), rss(in_title="<title>&#160;x</title>")),
    ("UnicodeError", SOUND.replace(b"Ferry", b"\xff"), SOUND),
    ("UnicodeError", b"\xef\xbb\xbf" + SOUND.replace(b'"utf-8"', b'"us-ascii"'), b"\xef\xbb\xbf" + SOUND),
    ("UnknownEncoding", SOUND.replace(b'"utf-8"', b'"no-such"'), SOUND),
    ("UnknownEncoding", SOUND.replace(b'"utf-8"', b'"hex"'), SOUND),
    ("BadXmlVersion", SOUND.replace(b'"1.0" enc', b'"1.1" enc'), SOUND),
    ("MissingNamespace", item("<nope:x/>"), SOUND),
    ("MissingNamespace", b"<feed><title>x</title></feed>", SOUND_ATOM),
    ("InvalidNamespace", b'<feed xmlns="http://example.org/"/>', SOUND_ATOM),
    ("InvalidNamespace", SOUND.replace(b'version="2.0" ', b'version="2.0" xmlns="http://x.example/" '), SOUND),
    ("ObsoleteNamespace", b'<feed xmlns="http://purl.org/atom/ns#"/>', SOUND_ATOM),
    ("MediaRssNamespace", SOUND.replace(b"com/mrss/", b"com/mrss"), SOUND),
    ("ValidatorLimit", SOUND.replace(b"Ferry", b"x" * 16_000_001), SOUND),
    ("LargeFeed", SOUND.replace(b"Ferry", b"x" * 10_000_001), SOUND),
    ("DeprecatedDTD", SOUND.replace(b"<rss", b'<!DOCTYPE rss PUBLIC "-//Netscape" "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss'), SOUND),
    ("UndefinedElement", item("<image/>"), item("<x:image xmlns:x='http://x.example/'/>")),
    ("UndefinedElement", item("<media:copy/>"), item("<media:copyright>x</media:copyright>")),
    ("UndefinedElement", b"<html><body/></html>", SOUND),
    ("UnexpectedAttribute", rss(in_guid='<guid isPermalink="false">https://h.example/</guid>'), SOUND),
    ("UnexpectedText", item('<enclosure url="https://h.example/a" length="1" type="a/b">x</enclosure>'), item('<enclosure url="https://h.example/a" length="1" type="a/b"/>')),
    ("DuplicateElement", item("<title>Two</title>"), SOUND),
    ("DuplicateElement", entry("<title>Two</title>"), SOUND_ATOM),
    ("DuplicateValue", rss(items=f"<item><title>x</title>{GUID}</item>"), SOUND),
    ("MissingElement", b'<rss version="2.0"/>', SOUND),
    ("MissingElement", atom(id=""), SOUND_ATOM),
    ("MissingElement", atom(in_author=""), atom(in_author="", feed="<author><name>Bo</name></author>")),
    ("MissingTitle", rss(title=""), SOUND),
    ("MissingLink", rss(link=""), SOUND),
    ("MissingDescription", rss(description=""), SOUND),
    ("MissingAttribute", item('<enclosure url="https://h.example/a" type="a/b"/>'), SOUND),
    ("InvalidRSSVersion", SOUND.replace(b'"2.0"', b'"3.0"'), SOUND),
    ("BadCharacters", rss(in_title="<title>caf\ufffd</title>"), SOUND),
    ("ObscureEncoding", SOUND.replace(b'"utf-8"', b'"gb2312"'), SOUND),
    ("NonstdEncoding", SOUND.replace(b'"utf-8"', b'"iso-8859-1"'), SOUND),
    ("MissingEncoding", SOUND.replace(b' encoding="utf-8"', b""), SOUND),
    ("ReservedPrefix", SOUND.replace(b"purl.org/dc/elements/1.1/", b"x.example/"), SOUND),
    ("NonstdPrefix", SOUND.replace(b"xmlns:geo=", b"xmlns:geo84="), SOUND),
    ("UnknownNamespace", SOUND.replace(b"<rss", b'<rss xmlns:own="http://own.example/"'), SOUND),
    ("MisplacedXHTMLContent", channel('<p xmlns="http://www.w3.org/1999/xhtml"/>'), SOUND),
    ("MissingDCLanguage", rss(language=""), SOUND),
    # Dates
    ("InvalidRFC2822Date", rss(in_date="<pubDate>2026-11-24</pubDate>"), SOUND),
    ("InvalidRFC2822Date", rss(in_date="<pubDate>31 Feb 2026 12:00:00 +0000</pubDate>"), SOUND),
    ("IncorrectDOW", rss(in_date="<pubDate>Mon, 24 Nov 2026 12:00:00 +0000</pubDate>"), SOUND),
    ("ProblematicalRFC822Date", rss(in_date="<pubDate>24 Nov 26 12:00:00 EST</pubDate>"), SOUND),
    ("ImplausibleDate", rss(in_date="<pubDate>Wed, 24 Nov 2027 12:00:00 +0000</pubDate>"), SOUND),
    ("ImplausibleDate", rss(in_date="<pubDate>01 Jan 1970 00:00:00 +0000</pubDate>"), SOUND),
    ("InvalidRFC3339Date", atom(updated="<updated>2026-11-24</updated>"), SOUND_ATOM),
    ("InvalidRFC3339Date", atom(updated="<updated>2026-13-24T12:00:00Z</updated>"), SOUND_ATOM),
    ("InvalidW3CDTFDate", item("<dcterms:modified>24.11.2026</dcterms:modified>"), item("<dcterms:modified>2026-11</dcterms:modified>")),
    ("InvalidISO8601DateTime", rss(item='<ag:timestamp xmlns:ag="http://purl.org/rss/1.0/modules/aggregation/">now</ag:timestamp>'), SOUND),
    ("DuplicateUpdated", atom(entries="<entry><id>urn:x-a:2</id><title>b</title><updated>2026-11-24T11:00:00Z</updated></entry>"), SOUND_ATOM),
    # Addresses and ids
    ("InvalidFullLink", rss(in_link="<link>/one</link>"), SOUND),
    ("InvalidFullLink", rss(in_link="<link>https://h.example/\u00f6</link>"), SOUND),
    ("InvalidFullLink", atom(in_id="<id>one</id>"), SOUND_ATOM),
    ("InvalidLink", feed("<icon>http:/x</icon>"), feed("<icon>https://h.example/i.png</icon>")),
    ("InvalidIRI", link('rel="related" href="https://h.example/&#xE000;"'), link('rel="related" href="https://h.example/\u00f6"')),
    ("InvalidUriChar", rss(in_link="<link>https://h.example/a b</link>"), SOUND),
    ("UriNotIri", rss(in_link="<link>https://h\u00f6he.example/a</link>"), SOUND),
    ("InvalidURLAttribute", item('<enclosure url="ftp://h.example/a" length="0" type="a/b"/>'), SOUND),
    ("InvalidURIAttribute", entry('<content src="http:/x" type="a/b"/>'), entry('<content src="https://h.example/" type="a/b"/>')),
    ("InvalidTAG", atom(in_id="<id>tag:x</id>"), SOUND_ATOM),
    ("InvalidURN", atom(in_id="<id>urn:x</id>"), SOUND_ATOM),
    ("InvalidUUID", atom(in_id="<id>urn:uuid:1</id>"), atom(in_id="<id>urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6</id>")),
    ("InvalidHttpGUID", rss(in_guid="<guid>12345678901</guid>"), SOUND),
    ("InvalidPermalink", rss(in_guid="<guid>tag:h.example,2026:1</guid>"), SOUND),
    ("InvalidBooleanAttribute", rss(in_guid='<guid isPermaLink="no">https://h.example/</guid>'), SOUND),
    ("NotSufficientlyUnique", rss(in_guid='<guid isPermaLink="false">123</guid>'), SOUND),
    ("MissingGuid", rss(in_guid=""), SOUND),
    ("MissingHref", link('rel="related"'), link('rel="related" href="https://h.example/"')),
    ("DuplicateAtomLink", entry('<link href="https://h.example/2"/>'), entry('<link hreflang="de" href="https://h.example/2"/>')),
    ("DuplicateEntries", atom(entries="<entry><id>tag:harbour.example,2026:1</id></entry>"), SOUND_ATOM),
    ("DuplicateIds", atom(entries="<entry><id>tag:harbour.example,2026:1</id></entry>" * 10), SOUND_ATOM),
    ("NonCanonicalURI", atom(in_id="<id>https://Harbour.example</id>"), SOUND_ATOM),
    ("SchemeNotIANARegistered", atom(in_id="<id>yt:video:1</id>"), SOUND_ATOM),
    ("MissingSelf", atom(self=""), SOUND_ATOM),
    ("MissingAtomSelfLink", rss(self=""), SOUND),
    ("SelfDoesntMatchLocation", atom(self='<link rel="self" href="https://other.example/"/>'), SOUND_ATOM),
    ("SelfDoesntMatchLocation", rss(self='<atom:link rel="self" href="https://other.example/"/>'), SOUND),
    ("RelativeSelf", atom(self='<link rel="self" href="/feed"/>'), SOUND_ATOM),
    ("SelfNotAtom", atom(self=f'<link rel="self" type="text/html" href="{ADDRESS}"/>'), SOUND_ATOM),
    ("UnregisteredAtomLinkRel", link('rel="mine" href="https://h.example/"'), link('rel="https://mine.example/" href="https://h.example/"')),
    ("AtomLinkNotEmpty", feed('<link rel="related" href="https://h.example/">x</link>'), SOUND_ATOM),
    ("MissingSourceElement", entry("<source><title>x</title></source>"), SOUND_ATOM),
    ("MisplacedMetadata", atom(entries="<author><name>Bo</name></author>"), SOUND_ATOM),
    ("MissingContentOrAlternate", atom(in_link=""), SOUND_ATOM),
    ("MissingSummary", atom(in_summary="", entry='<content src="https://h.example/a" type="a/b"/>'), SOUND_ATOM),
    ("MissingTextualContent", atom(in_summary=""), SOUND_ATOM),
    ("InvalidLanguage", rss(language="<language>US</language>"), SOUND),
    ("InvalidLanguage", SOUND_ATOM.replace(b'xml:lang="en"', b'xml:lang="en_US"'), SOUND_ATOM),
    # Texts
    ("ItemMustContainTitleOrDescription", rss(in_title="", in_description=""), rss(in_title="")),
    ("InvalidTextType", atom(in_summary='<summary type="text/html">x</summary>'), SOUND_ATOM),
    ("InvalidMIMEType", entry('<content type="what">x</content>'), entry('<content type="html">x</content>')),
    ("InvalidMIMEAttribute", item('<enclosure url="https://h.example/a" length="1" type="mp3"/>'), SOUND),
    ("MissingXhtmlDiv", entry('<content type="xhtml"><p/></content>'), entry(f'<content type="xhtml">{XHTML}<p>x</p></div></content>')),
    ("NotBase64", entry('<content type="image/png">&#33;</content>'), entry('<content type="image/png">aGk=</content>')),
    ("NotEscaped", entry('<content type="xhtml" mode="escaped"><p/></content>'), SOUND_ATOM),
    ("NotInline", entry(f'<content type="xhtml">{XHTML}&lt;p&gt;x&lt;/p&gt;</div></content>'), SOUND_ATOM),
    ("HtmlFragment", entry('<content type="text/html">&lt;p&gt;x&lt;/p&gt;</content>'), entry('<content type="html">&lt;p&gt;x&lt;/p&gt;</content>')),
    ("MissingTypeAttr", entry('<content src="https://h.example/a"/>'), SOUND_ATOM),
    ("NotHtml", html("<div>x"), html("<div>x</div>")),
    ("NotHtml", html("<bogus>x</bogus>"), html("<b>x</b>")),
    ("SecurityRisk", html("<script>x</script>"), html("<p>x</p>")),
    ("SecurityRisk", html('<iframe src="https://h.example/"></iframe>'), html("<p>x</p>")),
    ("SecurityRisk", html('<?import href="x">'), html("<p>x</p>")),
    ("SecurityRisk", entry(f'<content type="xhtml">{XHTML}<script/></div></content>'), SOUND_ATOM),
    ("SecurityRiskAttr", html('<p onclick="x()">x</p>'), html("<p>x</p>")),
    ("SecurityRiskAttr", html('<a href="java&#115;cript:x()">x</a>'), html('<a href="https://h.example/">x</a>')),
    ("DangerousStyleAttr", html('<p style="position: fixed">x</p>'), html('<p style="color: red">x</p>')),
    ("DangerousStyleAttr", html('<p style="background: url(https://h.example/)">x</p>'), html("<p>x</p>")),
    ("ContainsRelRef", html('<img src="/a.png">'), html('<img src="https://h.example/a.png">')),
    ("ContainsHTML", rss(in_title="<title>&lt;b>x&lt;/b></title>"), SOUND),
    ("ContainsHTML", rss(in_title="<title>AT&amp;amp;T</title>"), rss(in_title="<title>AT&amp;T</title>")),
    ("CharacterData", rss(in_title="<title>a &lt;b</title>"), rss(in_title="<title>a &#x3C;b</title>")),
    ("ContainsUndeclaredHTML", atom(in_title="<title>&lt;b>x&lt;/b></title>"), atom(in_title='<title type="html">&lt;b>x&lt;/b></title>')),
    ("ContainsEmail", atom(in_author="<author><name>Bo &lt;bo@h.example&gt;</name></author>"), SOUND_ATOM),
    ("NotBlank", rss(in_title="<title/>"), SOUND),
    ("NotBlank", atom(in_title="<title/>"), SOUND_ATOM),
    ("AttrNotBlank", link('rel="related" href="https://h.example/" title=""'), SOUND_ATOM),
    ("UnexpectedWhitespace", atom(in_id="<id> tag:harbour.example,2026:1 </id>"), SOUND_ATOM),
    ("NeedDescriptionBeforeContent", rss(in_description="", item="<content:encoded>x</content:encoded><description>x</description>"), html("x")),
    # The rest of RSS
    ("InvalidContact", item("<author>Ines Calloway</author>"), item("<author>ines@h.example (Ines Calloway)</author>")),
    ("InvalidAddrSpec", atom(in_author="<author><name>x</name><email>hidden</email></author>"), SOUND_ATOM),
    ("EmailFormat", item("<author>Ines &lt;ines@h.example&gt;</author>"), SOUND),
    ("MissingRealName", item("<author>ines@h.example</author>"), SOUND),
    ("InvalidIntegerAttribute", item('<enclosure url="https://h.example/a" length="big" type="a/b"/>'), SOUND),
    ("InvalidInteger", channel('<o:startIndex xmlns:o="http://a9.com/-/spec/opensearch/1.1/">x</o:startIndex>'), SOUND),
    ("InvalidNonNegativeInteger", item("<slash:comments>many</slash:comments>"), SOUND),
    ("InvalidPositiveInteger", channel("<ttl>0</ttl>"), channel("<ttl>15</ttl>")),
    ("UseZeroForUnknown", item('<enclosure url="https://h.example/a" length="-1" type="a/b"/>'), item('<enclosure url="https://h.example/a" length="0" type="a/b"/>')),
    ("InvalidWidth", channel("<image><width>500</width></image>"), SOUND),
    ("InvalidHeight", channel("<image><height>500</height></image>"), SOUND),
    ("InvalidHour", channel("<skipHours><hour>25</hour></skipHours>"), channel("<skipHours><hour>5</hour></skipHours>")),
    ("InvalidDay", channel("<skipDays><day>Mo</day></skipDays>"), channel("<skipDays><day>Monday</day></skipDays>")),
    ("UseZeroForMidnight", channel("<skipHours><hour>24</hour></skipHours>"), SOUND),
    ("NotEnoughHoursInTheDay", channel("<skipHours>" + "<hour>1</hour>" * 25 + "</skipHours>"), SOUND),
    ("EightDaysAWeek", channel("<skipDays>" + "<day>Monday</day>" * 8 + "</skipDays>"), SOUND),
    ("InvalidFormComponentName", channel("<textInput><name>1</name></textInput>"), SOUND),
    ("AvoidTextInput", channel("<textInput><name>q</name></textInput>"), SOUND),
    ("DuplicateEnclosure", item('<enclosure url="https://h.example/a" length="1" type="a/b"/>' * 2), SOUND),
    ("DuplicateSemantics", channel("<dc:language>en</dc:language>"), SOUND),
    ("DuplicateItemSemantics", item("<dc:date>2026-11-24</dc:date>"), SOUND),
    ("ImageLinkDoesntMatch", channel("<image><title>Harbour News</title><url>https://h.example/i.png</url><link>https://h.example/</link></image>"), channel("<image><title>Harbour News</title><url>https://h.example/i.png</url><link>https://harbour.example/</link></image>")),
    ("ImageTitleDoesntMatch", channel("<image><title>Logo</title><url>https://h.example/i.png</url><link>https://harbour.example/</link></image>"), SOUND),
    ("SlashDate", item("<slash:comments>1</slash:comments>"), rss(channel="<lastBuildDate>24 Nov 2026 12:00:00 +0000</lastBuildDate>", item="<slash:comments>1</slash:comments>")),
    # Modules
    ("FeedHistoryRelInEntry", entry('<link rel="next" href="https://h.example/2"/>'), feed('<link rel="next" href="https://h.example/2"/>')),
    ("FeedRelInCompleteFeed", feed('<fh:complete/><link rel="next" href="https://h.example/2"/>'), feed("<fh:complete/>")),
    ("CurrentNotSelfInCompleteFeed", feed('<fh:complete/><link rel="current" href="https://h.example/2"/>'), feed(f'<fh:complete/><link rel="current" href="{ADDRESS}"/>')),
    ("LinkPastEnd", feed(f'<link rel="last" href="{ADDRESS}"/><link rel="next" href="https://h.example/2"/>'), SOUND_ATOM),
    ("ArchiveIncomplete", feed(f'<fh:archive/><link rel="current" href="{ADDRESS}"/>'), feed(f'<fh:archive/><link rel="current" href="{ADDRESS}"/><link rel="prev-archive" href="https://h.example/1"/>')),
    ("MissingCurrentInArchive", feed('<fh:archive/><link rel="prev-archive" href="https://h.example/1"/>'), SOUND_ATOM),
    ("RelativeArchive", feed('<link rel="prev-archive" href="1.atom"/>'), feed('<link rel="prev-archive" href="https://h.example/1.atom"/>')),
    ("RelativeLicense", entry('<link rel="license" href="terms"/>'), entry('<link rel="license" href="https://h.example/terms"/>')),
    ("MissingAttribute", feed('<at:deleted-entry ref="urn:x-a:1"/>'), feed('<at:deleted-entry ref="urn:x-a:1" when="2026-11-24T12:00:00Z"/>')),
    ("NoThrWhen", entry('<link rel="replies" href="https://h.example/" thr:when="2026-11-24T12:00:00Z"/>'), SOUND_ATOM),
    ("InvalidUpdatePeriod", channel("<sy:updatePeriod>often</sy:updatePeriod>"), channel("<sy:updatePeriod>hourly</sy:updatePeriod>")),
    ("InvalidLatitude", item("<geo:lat>91</geo:lat>"), item("<geo:lat>-33.9</geo:lat>")),
    ("InvalidLongitude", item("<geo:long>north</geo:long>"), item("<geo:long>151</geo:long>")),
    ("InvalidCoord", item("<georss:point>here</georss:point>"), item("<georss:point>45.2 -71.9</georss:point>")),
    ("InvalidCommaSeparatedIntegers", item("<slash:hit_parade>a</slash:hit_parade>"), SOUND),
    ("InvalidTrueFalse", podcast("<itunes:explicit>no</itunes:explicit>"), podcast("<itunes:explicit>false</itunes:explicit>")),
    ("InvalidDuration", item("<itunes:duration>1h</itunes:duration>"), item("<itunes:duration>1:02:03</itunes:duration>")),
    ("InvalidItunesChannelType", podcast("<itunes:type>x</itunes:type>"), podcast("<itunes:type>serial</itunes:type>")),
    ("InvalidItunesEpisodeType", item("<itunes:episodeType>x</itunes:episodeType>"), SOUND),
    ("TooLong", podcast(f"<itunes:subtitle>{'x' * 256}</itunes:subtitle>"), podcast("<itunes:subtitle>x</itunes:subtitle>")),
    ("MediaGroupWithoutAlternatives", item("<media:group/>"), item("<media:group><media:content/><media:content/></media:group>")),
    ("InvalidMediaTextType", item('<media:title type="x">x</media:title>'), item('<media:title type="html">x</media:title>')),
    ("InvalidMediaHash", item("<media:hash>x</media:hash>"), item(f"<media:hash>{'0' * 32}</media:hash>")),
    ("InvalidMediaRating", item("<media:rating>x</media:rating>"), item("<media:rating>adult</media:rating>")),
    ("InvalidMediaRestriction", item('<media:restriction relationship="deny">x</media:restriction>'), item('<media:restriction relationship="deny">all</media:restriction>')),
    ("InvalidMediaRestrictionRel", item('<media:restriction relationship="x">all</media:restriction>'), SOUND),
    ("InvalidMediaRestrictionType", item('<media:restriction relationship="deny" type="x"/>'), SOUND),
    ("InvalidCountryCode", item('<media:restriction relationship="deny" type="country">Peru</media:restriction>'), item('<media:restriction relationship="deny" type="country">pe au</media:restriction>')),
    ("InvalidMediaMedium", item('<media:content medium="x"/>'), item('<media:content medium="image"/>')),
    ("InvalidMediaExpression", item('<media:content expression="x"/>'), SOUND),
    ("InvalidNPTTime", item('<media:thumbnail url="https://h.example/a" time="x"/>'), item('<media:thumbnail url="https://h.example/a" time="0:00:01"/>')),
    ("InvalidFloat", item('<media:content bitrate="x"/>'), item('<media:content bitrate="1.5"/>')),
    # What readers and the trade need beside
    ("MissingDate", rss(in_date=""), SOUND),
    ("MissingPublished", atom(in_published=""), SOUND_ATOM),
    ("HubIsPage", channel('<atom:link rel="hub" href="https://harbour.example/"/>'), channel('<atom:link rel="hub" href="https://hub.example/"/>')),
    ("HubIsPage", feed('<link rel="hub" href="https://h.example/"/><link rel="alternate" href="https://h.example/"/>'), SOUND_ATOM),
    ("LongTtl", channel("<ttl>10080</ttl>"), channel("<ttl>60</ttl>")),
    ("MissingLicense", rss(in_rights=""), SOUND),
    ("MissingLicense", atom(in_rights=""), SOUND_ATOM),
    ("MissingCredit", rss(in_rights=""), SOUND),
    ("MoreFindings", item("".join(f"<z{n}/>" for n in range(400))), SOUND),
]  # fmt: skip


def rules_of(body: bytes) -> set[str]:
    return {one.rule for one in lint(body, address=ADDRESS, now=NOW)}


@pytest.mark.parametrize(
    ("rule", "bad", "mended"), CASES, ids=[f"{n}-{c[0]}" for n, c in enumerate(CASES)]
)
def test_a_fault_is_found_and_the_mended_feed_has_it_not(
    rule: str, bad: bytes, mended: bytes
) -> None:
    assert rule in rules_of(bad)
    assert rule not in rules_of(mended)


@pytest.mark.parametrize("body", [SOUND, SOUND_ATOM], ids=["rss", "atom"])
def test_a_sound_feed_has_no_findings(body: bytes) -> None:
    assert lint(body, address=ADDRESS, now=NOW) == ()


def test_rdf_is_judged_as_far_as_readers_need() -> None:
    head = (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="https://h.example/"><title>x</title><link>https://h.example/</link>'
        "<description>x</description><dc:language>en</dc:language><items/></channel>"
    )
    good = f'{head}<item rdf:about="https://h.example/1"><title>x</title><link>https://h.example/1</link></item></rdf:RDF>'
    assert lint(good.encode()) == ()
    bad = f"{head}<item><title>x</title><odd/></item></rdf:RDF>"
    found = {(one.rule, one.path) for one in lint(bad.encode())}
    assert {
        ("MissingAttribute", "rdf:RDF/item@rdf:about"),
        ("MissingLink", "rdf:RDF/item/link"),
        ("UndefinedElement", "rdf:RDF/item/odd"),
    } <= found


def test_a_finding_says_where_how_often_and_what_to_do() -> None:
    items = "".join(
        f"\n<item><title>x</title><guid isPermaLink='false'>tag:h.example,2026:{n}</guid>"
        "<pubDate>yesterday</pubDate></item>"
        for n in range(400)
    )
    (found,) = [one for one in lint(rss(items=items)) if one.rule == "InvalidRFC2822Date"]
    assert found.level is Level.ERROR
    assert found.count == 400
    assert found.path == "rss/channel/item/pubDate"
    assert [place.line for place in found.places] == [2, 3, 4, 5, 6]
    assert found.places[0].entry == "tag:h.example,2026:0"
    assert found.places[0].value == "yesterday"
    assert found.what
    assert found.todo


def test_ill_formed_xml_is_named_with_line_and_column() -> None:
    (found,) = lint(b'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0">\n<channel></rss>')
    assert found.rule == "SAXError"
    assert found.places[0].line == 3
    assert found.places[0].column


def test_findings_come_worst_first() -> None:
    levels = [one.level for one in lint(rss(language="", self="", title=""))]
    assert levels == [Level.ERROR, Level.WARNING, Level.NOTE]


@pytest.mark.parametrize(
    ("rule", "header", "right"),
    [
        ("UnexpectedContentType", "text/html", "application/rss+xml; charset=utf-8"),
        ("UnexpectedContentType", "application/atom+xml", "application/rss+xml"),
        ("NonSpecificMediaType", "text/xml; charset=utf-8", "application/rss+xml"),
        ("EncodingMismatch", "application/rss+xml; charset=iso-8859-1", "application/rss+xml"),
    ],
)
def test_the_header_is_judged(rule: str, header: str, right: str) -> None:
    assert rule in {one.rule for one in lint(SOUND, content_type=header)}
    assert rule not in {one.rule for one in lint(SOUND, content_type=right)}


HEADERS = {"UnexpectedContentType", "NonSpecificMediaType", "EncodingMismatch"}


def test_every_rule_of_xml_has_a_case() -> None:
    from tests.unit.lint.test_rules_json import CASES as JSON_CASES

    tried = {one[0] for one in CASES} | {one[0] for one in JSON_CASES} | HEADERS
    assert set(RULES) - tried == {"NotReproducible"}  # two builds: test_twice.py
