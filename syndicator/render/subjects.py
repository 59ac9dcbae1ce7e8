"""What an item is about and where it happened, in each format's terms."""

from syndicator.model.clearance import Form
from syndicator.model.edition import Item
from syndicator.model.entry import Category
from syndicator.render.common import clean

_NEWSCODES = "http://cv.iptc.org/newscodes/"
_SCHEMES = {
    "medtop": f"{_NEWSCODES}mediatopic/",
    "mediatopic": f"{_NEWSCODES}mediatopic/",
    "subj": f"{_NEWSCODES}subjectcode/",
    "subjectcode": f"{_NEWSCODES}subjectcode/",
    "iptc-subject": f"{_NEWSCODES}subjectcode/",
    "genre": f"{_NEWSCODES}genre/",
}
"""IPTC's vocabularies by the names wires give them (NewsCodes, https://cv.iptc.org/newscodes/)."""


def scheme_of(category: Category) -> str | None:
    """Return the vocabulary of a subject: IPTC's under their addresses, others as they came."""
    scheme = category.scheme
    if scheme is None:
        return None
    for name in _SCHEMES.values():
        if scheme.lower().replace("https:", "http:").startswith(name):
            return name
    return _SCHEMES.get(scheme.lower().rstrip(":"), scheme)


def places_of(item: Item) -> list[str]:
    """Name where an item was written, as its dateline says, where its text may leave."""
    dateline = item.article.dateline
    if dateline is None or item.cleared.form is Form.HEADLINE:
        return []
    return [name for name in map(clean, dict.fromkeys(dateline.locations)) if name]


def point_of(item: Item) -> str | None:
    """Return where it happened, as GeoRSS Simple says it: latitude, then longitude."""
    point = item.article.point
    return f"{point.latitude:g} {point.longitude:g}" if point is not None else None
