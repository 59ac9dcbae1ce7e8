"""The table of rules: each with its level, a sentence for people, what to do, and who says so.

Names are those of the W3C feed validator; rules it has none for follow at the end.
"""

from syndicator.lint.findings import Level, Rule

_TABLE = r"""
# The document
SAXError | error | the XML is ill-formed | mend the place named; strict readers show nothing of such a feed | XML 1.0
WPBlankLine | error | blank lines stand before the XML declaration | remove what a theme or plugin prints before the feed | XML 1.0 §2.8
UndefinedNamedEntity | error | an entity is not defined in XML | write the character itself, or its number | XML 1.0 §4.1
UnicodeError | error | bytes are not of the encoding that is said | say the encoding the bytes are in; best, write UTF-8 | XML 1.0 §4.3.3
UnknownEncoding | error | the encoding is unknown | write UTF-8 | XML 1.0 §4.3.3
BadXmlVersion | error | the version of XML is not 1.0 | begin with <?xml version="1.0" encoding="utf-8"?> | XML 1.0 §2.8
MissingNamespace | error | a prefix or root is in no namespace | declare the namespace at the root | Namespaces in XML §3
InvalidNamespace | error | the root is in a wrong namespace | Atom is http://www.w3.org/2005/Atom; RSS has none | RFC 4287 §2, RSS 2.0
ObsoleteNamespace | error | this is Atom 0.3, which was withdrawn | publish Atom 1.0 | RFC 4287
MediaRssNamespace | error | the namespace of Media RSS lacks its slash | write http://search.yahoo.com/mrss/ | Media RSS
ValidatorLimit | error | the document is larger than 16 MB and was not read | publish fewer entries; readers stop at 5 to 15 MB | Feedbin, Miniflux
DeprecatedDTD | error | the DTD was withdrawn by Netscape | drop the DOCTYPE | RSS 0.91
UndefinedElement | error | an element has no meaning where it stands | put it in a namespace of its own, or take it out | RSS 2.0
UnexpectedAttribute | error | an attribute has no meaning on its element | take it out, or mend its capitals | RSS 2.0
UnexpectedText | error | text stands where only elements may, or none | take it out | RSS 2.0
DuplicateElement | error | an element stands twice where it may stand once | keep one | RSS 2.0, RFC 4287 §4
DuplicateValue | error | a value that must be unique stands twice | give each its own; readers drop the second entry | RSS 2.0
MissingElement | error | a required element is missing | add it | RFC 4287, JSON Feed 1.1
MissingTitle | error | the title is missing | add it; readers name the feed by it | RSS 2.0
MissingLink | error | the link is missing | add the address of the page the feed belongs to | RSS 2.0
MissingDescription | error | the description is missing | add a sentence on what the feed holds | RSS 2.0
MissingAttribute | error | a required attribute is missing | add it | RSS 2.0
InvalidRSSVersion | error | the version is none of RSS | write version="2.0" | RSS 2.0
BadCharacters | warning | characters were lost or misread on the way | decode the source by its true encoding before writing | W3C
ObscureEncoding | warning | few programs know the encoding | write UTF-8 | W3C
EncodingMismatch | warning | header and document name two encodings | name one; best, UTF-8 in both | RFC 7303 §3
UnexpectedContentType | warning | the Content-Type is not that of such a feed | send application/rss+xml, application/atom+xml or application/feed+json | RFC 4287 §7, JSON Feed 1.1, rss-funnel
ReservedPrefix | warning | a well-known prefix stands for another namespace | use the usual namespace, or another prefix | W3C
MisplacedXHTMLContent | warning | XHTML stands outside a text | move it into content | W3C
MissingEncoding | note | the document does not say its encoding | begin with <?xml version="1.0" encoding="utf-8"?> | W3C
NonstdEncoding | note | the encoding is not UTF-8 or UTF-16 | write UTF-8: every parser must know it | XML 1.0 §2.2
NonstdPrefix | note | a namespace has an unusual prefix | use the usual one; some readers look at prefixes | W3C
UnknownNamespace | note | a namespace is not known here | nothing, if it is meant; readers pass over it | W3C
NonSpecificMediaType | note | the Content-Type does not say that it is a feed | send the type of the format, so browsers and proxies know | W3C
MissingDCLanguage | note | the language is not said | add it, for speech, search and hyphenation | W3C

# Dates
InvalidRFC2822Date | error | a date is not as RSS writes it | write Tue, 24 Nov 2026 12:00:00 +0000 | RFC 822, RSS 2.0
IncorrectDOW | error | the weekday is not that of the date | leave it out or work it out | RFC 822 §5
InvalidRFC3339Date | error | a date is not as Atom and JSON Feed write it | write 2026-11-24T12:00:00Z | RFC 3339 §5.6
InvalidW3CDTFDate | error | a date is not as Dublin Core writes it | write 2026-11-24T12:00:00Z, with a zone | W3CDTF
InvalidISO8601DateTime | error | a date is not of ISO 8601 | write 2026-11-24T12:00:00Z | ISO 8601
ImplausibleDate | warning | a date lies in the future or before 1990 | send the date of publication; NetNewsWire drops dates ahead of now | NetNewsWire
ProblematicalRFC822Date | warning | a date is read in different ways | write four digits of the year and a numeric zone | RSS Profile
DuplicateUpdated | warning | two entries were updated in the same second | give each its own moment, so readers can sort them | RFC 4287 §4.1.1

# Addresses and ids
InvalidFullLink | error | an absolute address is needed | write it whole, from https:// on, in ASCII | RFC 3986, RSS 2.0
InvalidLink | error | an address is none | write it as RFC 3986 has it | RFC 3986
InvalidIRI | error | an address is none | write it as RFC 3987 has it | RFC 3987
InvalidUriChar | error | a character may not stand in an address | write spaces and the like by % | RFC 3986 §2
UriNotIri | error | the host of an address is not in ASCII | write it in Punycode | RFC 5890
InvalidURLAttribute | error | an http address is needed | write it whole, from https:// on | RSS 2.0
InvalidURIAttribute | error | an attribute is no address | write it as RFC 3986 has it | RFC 3986
InvalidTAG | error | a tag: address is ill-made | write tag:example.org,2026:id | RFC 4151
InvalidURN | error | a URN is ill-made | write urn:NAMESPACE:name | RFC 8141
InvalidUUID | error | a UUID is ill-made | write urn:uuid: and 32 hexadecimal digits in five groups | RFC 9562
InvalidHttpGUID | error | a guid is no address though it says it is one | say isPermaLink="false"; newsboat and NetNewsWire take it for the link | RSS 2.0
InvalidPermalink | error | a guid that leads nowhere is called a permalink | say isPermaLink="false" | RSS 2.0
InvalidBooleanAttribute | error | isPermaLink is neither true nor false | write true or false | RSS 2.0
MissingHref | error | a link has no href | add it | RFC 4287 §4.2.7
DuplicateAtomLink | error | two alternate links are of one type and language | keep one | RFC 4287 §4.1.1
DuplicateIds | error | entries share one id | give each its own for good; readers keep one of them | RFC 4287 §4.2.6, JSON Feed 1.1
DuplicateEntries | warning | two entries have the same id | keep the newer; readers show one | RFC 4287 §4.1.1
MissingGuid | warning | an item has no guid | add one that never changes; without it an edited item comes anew | RSS 2.0
NotSufficientlyUnique | warning | a guid is a mere number | use the address, or a tag: or URN; newsboat keeps one guid for all its feeds | newsboat
NonCanonicalURI | warning | an id is not in its canonical form | keep it, if it was published so; choose the canonical form for new ones | RFC 4287 §4.2.6.1
SchemeNotIANARegistered | warning | the scheme of an address is not registered | use https:, tag: or urn: | IANA
ContainsRelRef | warning | HTML holds a relative address | write it whole; readers resolve it against different bases | NetNewsWire, W3C
MissingSelf | warning | the feed does not say its own address | add a link rel="self"; FreshRSS subscribes to pushes by it | RFC 4287 §4.1.1, FreshRSS
MissingAtomSelfLink | warning | the feed does not say its own address | add <atom:link rel="self">; FreshRSS subscribes to pushes by it | RSS Profile, FreshRSS
SelfDoesntMatchLocation | warning | the feed says another address than it was fetched from | say the address readers use; FreshRSS moves the subscription to it | W3C, FreshRSS
RelativeSelf | warning | the feed's own address is relative | write it whole | W3C
SelfNotAtom | warning | the self link is of a type that is no feed | name the type of the feed, or none | W3C
UnregisteredAtomLinkRel | warning | a link relation is not registered | use a registered one, or an address of your own | RFC 4287 §4.2.7.2
AtomLinkNotEmpty | warning | something stands inside a link | take it out | RFC 4287 §4.2.7
MissingSourceElement | warning | a source lacks its id, title or time | copy them from the feed it came from | RFC 4287 §4.2.11
MisplacedMetadata | error | an element of the feed stands behind entries | move it before the first entry | RFC 4287 §4.1.1, W3C
MissingContentOrAlternate | error | an entry has neither content nor a page | add a link rel="alternate" or content | RFC 4287 §4.1.2
MissingSummary | error | content that is elsewhere or binary has no summary | add a summary | RFC 4287 §4.1.2
MissingTextualContent | warning | an entry has neither content nor summary | add one, so readers have something to show | RFC 4287 §4.1.1.1, JSON Feed 1.1
InvalidLanguage | error | a language tag is none | write a tag of BCP 47, such as en or pt-BR | BCP 47

# Texts and HTML
ItemMustContainTitleOrDescription | error | an item has neither title nor description | add one of them | RSS 2.0
InvalidTextType | error | the type of a text is none of text, html, xhtml | use one of them | RFC 4287 §3.1.1
InvalidMIMEType | error | a media type is none | write type/subtype | RFC 6838
InvalidMIMEAttribute | error | a media type is none | write type/subtype | RFC 6838, RSS 2.0
MissingXhtmlDiv | error | XHTML is not in one div | wrap it in one <div xmlns="http://www.w3.org/1999/xhtml"> | RFC 4287 §3.1.1.3
NotBase64 | error | binary content is not in Base64 | encode it | RFC 4287 §4.1.3.3
NotEscaped | error | content that is said to be escaped is not | drop mode, which Atom 1.0 has not | RFC 4287
NotHtml | warning | HTML is ill-made | close what is open, and use elements that there are | W3C
NotInline | warning | escaped HTML stands inside XHTML | say type="html" | RFC 4287 §3.1.1
HtmlFragment | warning | content is said to be a whole page and is a part of one | say type="html" | RFC 4287 §4.1.3.1
SecurityRisk | warning | an element may run or load something, so readers take it out | leave it out, and lead to the page by a link | W3C, NetNewsWire
SecurityRiskAttr | warning | an attribute may run something, so readers take it out | leave it out | W3C
DangerousStyleAttr | warning | a style may cover or move what is around it | leave it out | W3C
ContainsHTML | warning | markup stands in a plain text | write plain text, escaped once | W3C, newsboat
CharacterData | warning | a plain text looks like markup | write & and < as &#x26; and &#x3C; | RSS Profile
ContainsUndeclaredHTML | warning | markup stands in a text that says it is plain | say type="html", or write plain text | RFC 4287 §3.1.1.1
ContainsEmail | warning | a name holds an e-mail address | move it into email | W3C
NotBlank | warning | an element is empty | fill it or leave it out | W3C
AttrNotBlank | warning | an attribute is empty | fill it or leave it out | W3C
MissingTypeAttr | warning | content that is elsewhere has no type | add its media type | RFC 4287 §4.1.3.2
UnexpectedWhitespace | error | white space stands around a value that is taken letter by letter | trim it | RFC 4287 §3.3
NeedDescriptionBeforeContent | warning | content:encoded stands before the description | put description first | RSS Profile

# The rest of RSS
InvalidContact | error | a person is not named by an e-mail address | write user@example.org (Name), or use dc:creator | RSS 2.0
InvalidAddrSpec | error | an e-mail address is none | write user@example.org, or leave it out | RFC 5322 §3.4.1
EmailFormat | warning | a person is not written as RSS has it | write user@example.org (Name) | RSS Profile
MissingRealName | warning | a person has an address and no name | write user@example.org (Name), or use dc:creator | RSS Profile
InvalidIntegerAttribute | error | an attribute is no whole number | write digits | RSS 2.0
InvalidInteger | error | this is no whole number | write digits | RSS 2.0
InvalidNonNegativeInteger | error | this is no whole number from zero on | write digits | RSS 2.0
InvalidPositiveInteger | error | this is no whole number above zero | write digits | RSS 2.0
UseZeroForUnknown | error | the length of a file is -1 | write length="0" where it is unknown | RSS Profile
InvalidWidth | error | the width of an image is not 1 to 144 | use a smaller image | RSS 2.0
InvalidHeight | error | the height of an image is not 1 to 400 | use a smaller image | RSS 2.0
InvalidHour | error | an hour is not 0 to 23 | mend it | RSS 2.0
InvalidDay | error | this is no day of the week | write Monday to Sunday | RSS 2.0
UseZeroForMidnight | warning | midnight is written 24 | write 0 | RSS Profile
NotEnoughHoursInTheDay | error | more than 24 hours are skipped | leave some | RSS 2.0
EightDaysAWeek | error | more than seven days are skipped | leave some | RSS 2.0
InvalidFormComponentName | error | the name of an input is none | begin it with a letter | RSS 2.0
DuplicateEnclosure | warning | an item has several enclosures | keep one; some readers take the first, some the last | RSS Profile
DuplicateSemantics | warning | two elements of the feed say the same | keep the one of RSS | W3C
DuplicateItemSemantics | warning | two elements of an item say the same | keep the one of RSS | W3C
ImageLinkDoesntMatch | warning | the image leads elsewhere than the feed | use the link of the channel | RSS 2.0
ImageTitleDoesntMatch | warning | the image is named otherwise than the feed | use the title of the channel | RSS Profile
AvoidTextInput | warning | no reader shows a textInput | leave it out | RSS Profile
SlashDate | warning | comments are counted and the build is not dated | add lastBuildDate | RSS Profile

# Modules
FeedHistoryRelInEntry | warning | a link of the feed's history stands in an entry | move it to the feed | RFC 5005
FeedRelInCompleteFeed | error | a complete feed leads to further documents | drop fh:complete or the link | RFC 5005 §2
CurrentNotSelfInCompleteFeed | error | the current link of a complete feed is not itself | lead to itself | RFC 5005 §2
LinkPastEnd | error | a link leads past the first or last page | drop it | RFC 5005 §3
ArchiveIncomplete | warning | an archive leads to no other archive | add a link rel="prev-archive" or "next-archive" | RFC 5005 §4
MissingCurrentInArchive | warning | an archive does not lead to the current feed | add a link rel="current" | RFC 5005 §4
NoThrWhen | error | thr:when was renamed | write thr:updated | RFC 4685
InvalidUpdatePeriod | error | the period of updates is none | write hourly, daily, weekly, monthly or yearly | RSS 1.0 syndication
InvalidLatitude | error | a latitude is not -90 to 90 | write degrees | WGS 84
InvalidLongitude | error | a longitude is not -180 to 180 | write degrees | WGS 84
InvalidCoord | error | a point is not two numbers | write latitude and longitude | GeoRSS
InvalidCommaSeparatedIntegers | error | this is no list of numbers | write numbers with commas | RSS 1.0 slash
InvalidTrueFalse | error | this is neither true nor false | write true or false | Apple Podcasts, Media RSS
InvalidDuration | error | a duration is none | write seconds, or hours:minutes:seconds | Apple Podcasts
InvalidItunesChannelType | error | the type of a podcast is none | write episodic or serial | Apple Podcasts
InvalidItunesEpisodeType | error | the type of an episode is none | write full, trailer or bonus | Apple Podcasts
TooLong | error | a text is longer than Apple shows | shorten it | Apple Podcasts
MediaGroupWithoutAlternatives | warning | a group of media holds one file or none | drop the group, or name another file | Media RSS
InvalidMediaTextType | error | the type of a text is none of plain, html | use one of them | Media RSS
InvalidMediaHash | error | a hash is none | write 32 digits of MD5 or 40 of SHA-1 | Media RSS
InvalidMediaRating | error | a rating is not of its scheme | use a value of the scheme | Media RSS
InvalidMediaRestriction | error | a restriction is none | write all, none, or a type | Media RSS
InvalidMediaRestrictionRel | error | a restriction neither allows nor denies | write allow or deny | Media RSS
InvalidMediaRestrictionType | error | the type of a restriction is none | write country, uri or sharing | Media RSS
InvalidMediaMedium | error | a medium is none | write image, audio, video, document or executable | Media RSS
InvalidMediaExpression | error | an expression is none | write full, sample or nonstop | Media RSS
InvalidNPTTime | error | a time of play is none | write hours:minutes:seconds | RFC 2326 §3.6
InvalidCountryCode | error | a country is none | write its two letters | ISO 3166
InvalidFloat | error | this is no number | write digits | Media RSS

# JSON Feed, for which the W3C validator has no rules
InvalidJSON | error | this is not JSON | mend the place named | RFC 8259
NotAFeed | error | this is JSON and no feed | the whole is an object with version, title and items | JSON Feed 1.1
InvalidJSONFeedVersion | error | the version is none of JSON Feed | write https://jsonfeed.org/version/1.1 | JSON Feed 1.1
InvalidJSONType | error | a member is of a wrong type | mend it | JSON Feed 1.1
MissingId | error | an item has no id | add one that never changes; readers discard the item | JSON Feed 1.1
IdNotString | error | an id is no string | write it in quotation marks | JSON Feed 1.1
NextIsSelf | error | the next page is this page | drop next_url on the last page; readers would ask for ever | JSON Feed 1.1
ControlCharacters | warning | control characters stand in a text | leave them out; the same text cannot stand in XML | XML 1.0 §2.2
ByteOrderMark | warning | a byte order mark stands before the JSON | leave it out | RFC 8259 §8.1

# What readers and the trade need beside
MissingDate | warning | an entry has no date of publication | add it; newsboat and Miniflux take the moment of fetching | newsboat, Miniflux
MissingPublished | note | an entry does not say when it was first published | add published, which stays when updated moves | RFC 4287 §4.2.9
HubIsPage | warning | the page of the feed is given as its hub | give the hub's own address; subscribers post to it | WebSub §4
LongTtl | warning | readers are told to wait longer than a day | say minutes till the next entry is likely; Miniflux and Liferea obey | Miniflux, Liferea
LargeFeed | warning | the document is larger than 10 MB | publish fewer entries and link archives; Feedbin stops there | Feedbin
RelativeArchive | error | a link to an archive is relative | write it whole; archives are kept apart from where they stood | RFC 5005 §4
RelativeLicense | warning | a link to a licence is relative | write it whole | RFC 4946 §2
MissingLicense | note | an entry says no licence and no rights | add dc:rights, rights, or a link rel="license" | RFC 4946
MissingCredit | note | an entry does not name its origin or who holds the rights | add dc:rights or rights, and source | the trade
NotReproducible | warning | two builds of the same data differ | leave the time of the build out; MSN takes no feed whose dates move by themselves | MSN
MoreFindings | note | there are further kinds of findings | mend the first, then look again | this program
"""
PROMISED = frozenset(
    """MissingSelf MissingAtomSelfLink SelfDoesntMatchLocation RelativeSelf MissingGuid DuplicateEntries
    MissingDate MissingPublished MissingSourceElement MissingLicense MissingCredit
    SecurityRisk SecurityRiskAttr HubIsPage""".split()
)
"""What the desk promises of its own feeds (``docs/feeds.md``): a breach is an error there."""
_ROWS = [line.split(" | ") for line in _TABLE.splitlines() if line and not line.startswith("#")]
RULES: dict[str, Rule] = {
    name: Rule(name, Level(level), what, todo, source) for name, level, what, todo, source in _ROWS
}
