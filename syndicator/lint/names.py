"""Namespaces of feeds by their usual prefixes, and which of them are known whole."""

import re
from functools import lru_cache

ATOM = "http://www.w3.org/2005/Atom"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RSS1 = "http://purl.org/rss/1.0/"
RSS090 = "http://my.netscape.com/rdf/simple/0.9/"
OLD_ATOM = "http://purl.org/atom/ns#"
XHTML = "http://www.w3.org/1999/xhtml"
XML = "http://www.w3.org/XML/1998/namespace"

PREFIXES = {
    ATOM: "atom",
    RDF: "rdf",
    XHTML: "xhtml",
    XML: "xml",
    RSS1: "rss1",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://purl.org/rss/1.0/modules/taxonomy/": "taxo",
    "http://purl.org/rss/1.0/modules/company": "company",
    "http://purl.org/rss/1.0/modules/aggregation/": "ag",
    "http://purl.org/rss/1.0/modules/annotate/": "annotate",
    "http://purl.org/rss/1.0/modules/event/": "ev",
    "http://purl.org/rss/1.0/modules/image/": "image",
    "http://purl.org/rss/1.0/modules/link/": "l",
    "http://purl.org/rss/1.0/modules/search/": "search",
    "http://purl.org/rss/1.0/modules/wiki/": "wiki",
    "http://wellformedweb.org/CommentAPI/": "wfw",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.google.com/schemas/play-podcasts/1.0": "googleplay",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://backend.userland.com/creativeCommonsRssModule": "creativeCommons",
    "http://web.resource.org/cc/": "cc",
    "http://creativecommons.org/ns#": "cc",
    "http://www.georss.org/georss": "georss",
    "http://www.opengis.net/gml": "gml",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://purl.org/atompub/tombstones/1.0": "at",
    "http://purl.org/atompub/age/1.0": "age",
    "http://www.w3.org/2007/app": "app",
    "http://a9.com/-/spec/opensearch/1.1/": "opensearch",
    "http://a9.com/-/spec/opensearchrss/1.0/": "opensearch10",
    "http://webns.net/mvcb/": "admin",
    "http://backend.userland.com/blogChannelModule": "blogChannel",
    "http://geourl.org/rss/module/": "geourl",
    "http://postneo.com/icbm": "icbm",
    "http://madskills.com/public/xml/rss/module/trackback/": "trackback",
    "http://source.scripting.com/": "source",
    "http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html": "cyber",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/Math/MathML": "mathml",
    "https://rslstandard.org/rsl": "rsl",
    "http://base.google.com/ns/1.0": "g",
    "http://www.w3.org/1999/xlink": "xlink",
    "urn:atom-extension:indexing": "indexing",
    "http://schemas.google.com/g/2005": "gd",
    "http://prismstandard.org/namespaces/basic/2.0/": "prism",
}
CLOSED = frozenset(
    """dc content sy slash wfw media itunes creativeCommons georss geo thr fh atom at
    feedburner""".split()
)
"""Modules whose elements are all in our tables: another name in them is a slip of the pen."""

_END = re.compile(r"\W+$")


def _stem(space: str) -> str:
    return _END.sub("", space[:200]).lower()


_STEMS = {_stem(space): prefix for space, prefix in PREFIXES.items()}


@lru_cache(maxsize=256)
def nearly(space: str) -> str | None:
    """Return the prefix of a namespace that is written a little wrong."""
    return _STEMS.get(_stem(space))
