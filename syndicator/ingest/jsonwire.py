"""JSON → Feed: the dialect is chosen by what the document holds."""

import json

from syndicator.errors import ReadError
from syndicator.ingest.jsonfeed import read_json
from syndicator.model.entry import Document, Feed


def read_any_json(document: Document) -> Feed:
    """Read JSON Feed, ninjs, dpa's digitalwires, or an answer of AP's media API.

    Raises:
        ReadError: it is not JSON, or none of these.
    """
    from syndicator.ingest.story.apmedia import is_ap, read_ap
    from syndicator.ingest.story.digitalwires import is_digitalwires, read_digitalwires
    from syndicator.ingest.story.ninjs import is_ninjs, read_ninjs

    try:
        data = json.loads(document.body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise ReadError("not-a-feed", f"{document.url}: not readable as JSON: {error}") from error
    if is_ap(data):
        return read_ap(document, data)
    if is_digitalwires(data):
        return read_digitalwires(document, data)
    if is_ninjs(data):
        return read_ninjs(document, data)
    return read_json(document, data)
