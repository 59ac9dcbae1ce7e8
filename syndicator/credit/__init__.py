"""Credit: text → byline, dateline, sign-offs, credit lines, licences, embargoes, advisories. Pure."""

from syndicator.credit.form import Context
from syndicator.credit.houses import Houses
from syndicator.credit.labels import labelled
from syndicator.credit.line import read_line
from syndicator.credit.names import split_people
from syndicator.credit.read import read

__all__ = ["Context", "Houses", "labelled", "read", "read_line", "split_people"]
