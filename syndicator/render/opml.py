"""All topics as OPML 2.0, for readers that import subscriptions."""

from collections.abc import Sequence

from lxml import etree

from syndicator.model.edition import Output, Site
from syndicator.render.common import clean, feed_url, first_format, page_url
from syndicator.render.page import Row


def render_opml(rows: Sequence[Row], site: Site) -> Output:
    """Render one outline a topic, pointing at its Atom feed."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = clean(site.title)
    body = etree.SubElement(root, "body")
    for topic, one, _, _ in rows:
        attributes = {
            "type": "rss",
            "text": clean(one.title),
            "title": clean(one.title),
            "xmlUrl": feed_url(site.base_url, topic, first_format(one)),
            "htmlUrl": page_url(site.base_url, topic),
        }
        etree.SubElement(body, "outline", attributes)
    data = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return Output(path="topics.opml", media_type="text/x-opml; charset=utf-8", body=data)
