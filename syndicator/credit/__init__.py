"""Credit: text → byline, contributors, credit line, section, furniture. Pure."""

from syndicator.credit.names import split_people
from syndicator.credit.read import Context, read

__all__ = ["Context", "read", "split_people"]
