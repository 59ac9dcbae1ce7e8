"""The web side: published files, health, metrics. No store is asked for a public feed."""

from syndicator.web.app import WebState, make_app
from syndicator.web.private import Private
from syndicator.web.tally import AUDITOR, Tally

__all__ = ["AUDITOR", "Private", "Tally", "WebState", "make_app"]
