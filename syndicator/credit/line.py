"""One line → the fact it states, if any: each form is asked in the order of its strength."""

from syndicator.credit.advisory import read_advisory
from syndicator.credit.assistance import read_assistance
from syndicator.credit.byline import read_byline
from syndicator.credit.copyright import read_copyright
from syndicator.credit.dateline import read_dateline
from syndicator.credit.embargo import read_embargo
from syndicator.credit.form import Context
from syndicator.credit.republish import read_republication
from syndicator.credit.rights_line import read_rights_line
from syndicator.credit.sources import read_source_line
from syndicator.model.credit import Fact


def read_line(line: str, context: Context) -> Fact | None:
    """Return what a line states when nothing is known of where it stood."""
    return (
        read_embargo(line, context)
        or read_advisory(line, context)
        or read_republication(line, context)
        or read_copyright(line, context)
        or read_rights_line(line, context)
        or read_assistance(line, context)
        or read_dateline(line, context)
        or read_source_line(line, context)
        or read_byline(line, context)
    )
