"""What a subscriber's own terms take away from a verdict. Pure."""

import msgspec

from syndicator.model.clearance import Clearance, Cleared, Reason, Refused
from syndicator.model.subscriber import Reader


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
