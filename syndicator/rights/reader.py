"""What a subscriber's own terms take away from a verdict. Pure."""

from datetime import datetime

import msgspec

from syndicator.model.clearance import Clearance, Cleared, Reason, Refused
from syndicator.model.ids import TopicId
from syndicator.model.subscriber import Reader
from syndicator.model.topic import Topic


def for_reader(verdict: Clearance, reader: Reader | None) -> Clearance:
    """Narrow what a licence lets leave to what one subscriber may have; it never adds anything.

    ``None`` stands for a reader of no terms of its own: the verdict is left as it is.
    """
    if reader is None or not isinstance(verdict, Cleared):
        return verdict
    terms = reader.terms
    if terms.licenses and verdict.license not in terms.licenses:
        said = Reason("subscriber", f"{reader.id}: not under {verdict.license}")
        return Refused(reasons=(*verdict.reasons, said), until=verdict.until)
    if terms.forms.rank >= verdict.form.rank:
        return verdict
    said = Reason("subscriber", f"{reader.id}: no more than {terms.forms.value}")
    return msgspec.structs.replace(verdict, form=terms.forms, reasons=(*verdict.reasons, said))


def admitted(
    verdict: Clearance, reader: Reader, topic: TopicId, settings: Topic, now: datetime
) -> Clearance:
    """Refuse where the door is shut: the subscriber's time is over, or the topic not its own."""
    trouble = reader.terms.trouble(now)
    if trouble is None and not reader.terms.may_read(topic, settings):
        trouble = f"may not read {topic}"
    if trouble is None:
        return verdict
    return Refused(reasons=(*verdict.reasons, Reason("subscriber", f"{reader.id}: {trouble}")))
