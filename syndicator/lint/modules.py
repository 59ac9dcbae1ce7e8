"""Elements of namespaces that stand in feeds of every kind, and what they may hold."""

from typing import Any

from syndicator.lint.checks import (
    address,
    at_most,
    every,
    having,
    html,
    like,
    mail,
    many,
    media_type,
    moment_822,
    moment_iso,
    moment_w3c,
    natural,
    one_of,
    plain,
    positive,
    some,
    titled,
    tongue,
    web,
    whole,
)
from syndicator.lint.checks import leaf as is_
from syndicator.lint.walk import Spec, Walk, tested, xhtml

FREE = Spec(once=False, attributes=None, free=True)
"""Anything at all."""
TEXT = is_(once=False)
_NUMBER = like("InvalidFloat", r"\d+\.?\d*.*")
_TIME = like("InvalidNPTTime", r"now|\d+(?:\.\d+)?|\d+:\d\d:\d\d(?:\.\d+)?")
_TRUTH = one_of("InvalidTrueFalse", "true", "false", "True", "False")


def _decimal(low: float, high: float, rule: str) -> Any:
    def test(_: Walk, value: str) -> str | None:
        try:
            return None if low <= float(value[:40]) <= high else rule
        except ValueError:
            return rule

    return test


def _hash(walk: Walk, element: Any, path: str, text: str) -> None:
    algorithm = element.get("algo") or "md5"
    length = {"md5": 32, "sha-1": 40}.get(algorithm)
    value = text.strip()
    if length is None or len(value) != length or not value.isalnum():
        walk.note("InvalidMediaHash", path, element, f"{algorithm} {value}")


def _group(walk: Walk, element: Any, path: str, _: str) -> None:
    if sum(1 for one in element if one.tag == f"{{{_MRSS}}}content") < 2:  # noqa: PLR2004 - a choice
        walk.note("MediaGroupWithoutAlternatives", path, element)


def _restriction(walk: Walk, element: Any, path: str, text: str) -> None:
    relation, kind = element.get("relationship"), element.get("type")
    if not relation:
        walk.note("MissingAttribute", f"{path}@relationship", element)
    elif relation not in {"allow", "deny"}:
        walk.note("InvalidMediaRestrictionRel", path, element, relation)
    if not kind and text.strip() not in {"", "all", "none"}:
        walk.note("InvalidMediaRestriction", path, element, text)
    if kind == "country":
        for code in text.split():
            if len(code) != 2 or not code.isalpha():  # noqa: PLR2004 - ISO 3166
                walk.note("InvalidCountryCode", path, element, code)
    elif kind == "uri":
        tested(address)(walk, element, path, text)
    elif kind and kind != "sharing":
        walk.note("InvalidMediaRestrictionType", path, element, kind)


def _owner(walk: Walk, element: Any, path: str, _: str) -> None:
    if not any(isinstance(one.tag, str) and one.tag.endswith("}email") for one in element):
        walk.note("MissingElement", f"{path}/itunes:email", element)


def _body(walk: Walk, element: Any, path: str, _: str) -> None:
    xhtml(walk, element, path)


def _rating(walk: Walk, element: Any, path: str, text: str) -> None:
    scheme, value = element.get("scheme") or "urn:simple", text.strip()
    allowed = {
        "urn:simple": {"adult", "nonadult"},
        "urn:mpaa": {"g", "m", "nc-17", "pg", "pg-13", "r", "x"},
    }.get(scheme)
    if allowed is not None and value not in allowed:
        walk.note("InvalidMediaRating", path, element, f"{scheme} {value}")


_MRSS = "http://search.yahoo.com/mrss/"
_SIZE: dict[str, Any] = {"height": positive, "width": positive}
_MEDIA: dict[str, Spec] = {
    "media:adult": is_(one_of("InvalidTrueFalse", "true", "false")),
    "media:category": many(
        having({}, {"scheme": address}), attributes=frozenset({"scheme", "label"})
    ),
    "media:copyright": Spec(having({}, {"url": address}), attributes=frozenset({"url"})),
    "media:credit": many(None, attributes=frozenset({"role", "scheme"})),
    "media:description": Spec(titled, attributes=frozenset({"type"})),
    "media:keywords": TEXT,
    "media:hash": many(_hash, attributes=frozenset({"algo"})),
    "media:player": many(
        having({"url": address}, _SIZE), attributes=frozenset({"url", "height", "width"})
    ),
    "media:rating": many(_rating, attributes=frozenset({"scheme"})),
    "media:restriction": many(_restriction, attributes=frozenset({"relationship", "type"})),
    "media:text": many(
        every(titled, having({}, {"start": _TIME, "end": _TIME, "lang": tongue})),
        attributes=frozenset({"type", "lang", "start", "end"}),
    ),
    "media:title": Spec(titled, attributes=frozenset({"type"})),
    "media:thumbnail": many(
        having({"url": address}, {**_SIZE, "time": _TIME}),
        attributes=frozenset({"url", "height", "width", "time"}),
    ),
} | dict.fromkeys(
    # Media RSS 1.5
    """media:community media:comments media:embed media:responses media:backLinks media:status
    media:price media:license media:subTitle media:peerLink media:location media:rights
    media:scenes media:tags media:starRating media:statistics""".split(),
    FREE,
)
_CONTENT_ATTRIBUTES: dict[str, Any] = {
    "url": address,
    "fileSize": positive,
    "type": media_type,
    "medium": one_of("InvalidMediaMedium", "image", "audio", "video", "document", "executable"),
    "isDefault": _TRUTH,
    "expression": one_of("InvalidMediaExpression", "sample", "full", "nonstop"),
    "bitrate": _NUMBER,
    "framerate": _NUMBER,
    "samplingrate": _NUMBER,
    "channels": natural,
    "duration": _NUMBER,
    "height": positive,
    "width": positive,
    "lang": tongue,
}
_DUBLIN: dict[str, Spec] = {
    "dc:title": is_(),
    "dc:description": is_(),
    "dc:type": is_(),
    "dc:format": is_(),
    "dc:source": is_(),
    "dc:language": is_(tongue),
    "dc:rights": Spec(plain()),
    "dc:date": is_(moment_w3c, once=False),
} | dict.fromkeys(
    """dc:creator dc:subject dc:publisher dc:contributor dc:identifier dc:relation
    dc:coverage""".split(),
    Spec(once=False, attributes=None, free=True),
)
_PLACES: dict[str, Spec] = {
    "geo:lat": is_(_decimal(-90, 90, "InvalidLatitude")),
    "geo:long": is_(_decimal(-180, 180, "InvalidLongitude")),
    "geo:alt": is_(),
    "geourl:latitude": is_(_decimal(-90, 90, "InvalidLatitude")),
    "geourl:longitude": is_(_decimal(-180, 180, "InvalidLongitude")),
    "icbm:latitude": is_(_decimal(-90, 90, "InvalidLatitude")),
    "icbm:longitude": is_(_decimal(-180, 180, "InvalidLongitude")),
    "geo:Point": FREE,
    "georss:point": is_(
        like("InvalidCoord", r"\s*[-+]?\d+\.?\d*\s*[ ,]\s*[-+]?\d+\.?\d*\s*"), once=False
    ),
} | dict.fromkeys(
    """georss:where georss:line georss:polygon georss:box georss:circle georss:featureTypeTag
    georss:relationshipTag georss:featureName georss:elev georss:floor georss:radius
    georss:featuretypetag georss:relationshiptag georss:featurename""".split(),
    FREE,
)
EVERYWHERE: dict[str, Spec] = {
    **_MEDIA,
    **_DUBLIN,
    **_PLACES,
    "media:content": many(
        having({}, _CONTENT_ATTRIBUTES),
        attributes=frozenset(_CONTENT_ATTRIBUTES),
        inside={**_MEDIA, **_DUBLIN},
    ),
    "dcterms:created": is_(moment_w3c),
    "dcterms:issued": is_(moment_w3c),
    "dcterms:modified": is_(moment_w3c),
    "creativeCommons:license": is_(address, once=False),
    "thr:in-reply-to": many(
        having({}, {"ref": address, "href": address, "type": media_type, "source": address}),
        attributes=frozenset({"ref", "href", "type", "source"}),
    ),
    "feedburner:awareness": is_(address),
    "rsl:content": FREE,
}
EVERYWHERE["media:group"] = many(
    _group, inside={**_MEDIA, "media:content": EVERYWHERE["media:content"]}
)
_PODCAST: dict[str, Spec] = {
    "itunes:author": Spec(plain(at_most(255))),
    "itunes:block": is_(),
    "itunes:explicit": is_(_TRUTH),
    "itunes:keywords": Spec(plain(at_most(255))),
    "itunes:subtitle": Spec(plain(at_most(255))),
    "itunes:summary": Spec(plain(at_most(4000))),
    "itunes:image": Spec(having({"href": web}), attributes=frozenset({"href"})),
    "itunes:title": is_(),
}
_CATEGORY = many(having({"text": some}), attributes=frozenset({"text"}), free=True)
CHANNEL: dict[str, Spec] = {
    **EVERYWHERE,
    **_PODCAST,
    "itunes:owner": Spec(_owner, inside={"itunes:email": is_(mail), "itunes:name": Spec(plain())}),
    "itunes:category": _CATEGORY,
    "itunes:new-feed-url": is_(address),
    "itunes:type": is_(one_of("InvalidItunesChannelType", "episodic", "serial")),
    "itunes:complete": is_(),
    "itunes:pubDate": is_(moment_822),
    "itunes:applepodcastsverify": is_(),
    "sy:updatePeriod": is_(
        one_of("InvalidUpdatePeriod", "hourly", "daily", "weekly", "monthly", "yearly")
    ),
    "sy:updateFrequency": is_(positive),
    "sy:updateBase": is_(moment_w3c),
    "admin:generatorAgent": Spec(attributes=None, free=True),
    "admin:errorReportsTo": Spec(attributes=None, free=True),
    "blogChannel:blogRoll": is_(address),
    "blogChannel:mySubscriptions": is_(address),
    "blogChannel:blink": is_(address),
    "blogChannel:changes": is_(address),
    "fh:archive": is_(),
    "fh:complete": is_(),
    "fh:incremental": is_(),
    "feedburner:info": FREE,
    "feedburner:feedFlare": FREE,
    "feedburner:emailServiceId": FREE,
    "feedburner:browserFriendly": FREE,
    "feedburner:feedburnerHostname": is_(address),
    "opensearch:totalResults": is_(natural),
    "opensearch:itemsPerPage": is_(natural),
    "opensearch:startIndex": is_(whole),
    "slash:comments": is_(natural),
    "xhtml:div": FREE,
    "xhtml:meta": FREE,
}
ITEM: dict[str, Spec] = {
    **EVERYWHERE,
    **_PODCAST,
    "content:encoded": Spec(html),
    "content:items": FREE,
    "itunes:duration": is_(like("InvalidDuration", r"\d+(?::[0-5]\d(?::[0-5]\d)?)?")),
    "itunes:episode": is_(positive),
    "itunes:season": is_(positive),
    "itunes:episodeType": is_(one_of("InvalidItunesEpisodeType", "full", "trailer", "bonus")),
    "itunes:order": is_(),
    "itunes:isClosedCaptioned": is_(),
    "slash:comments": is_(natural),
    "slash:section": TEXT,
    "slash:department": TEXT,
    "slash:hit_parade": is_(like("InvalidCommaSeparatedIntegers", r"\d+(?:,\s*\d+)*")),
    "wfw:comment": is_(address),
    "wfw:commentRss": is_(address),
    "wfw:commentRSS": is_(address),
    "thr:total": is_(natural),
    "trackback:ping": is_(address),
    "trackback:about": is_(address, once=False),
    "feedburner:origLink": is_(address),
    "feedburner:origEnclosureLink": is_(address),
    "ag:timestamp": is_(moment_iso),
    "ag:sourceURL": is_(address),
    "xhtml:body": many(_body, attributes=None, free=True),
    "xhtml:div": many(_body, attributes=None, free=True),
}
