"""The web side: published files, health, metrics. No store is asked for a public feed."""

from syndicator.web.app import make_app
from syndicator.web.front import Front
from syndicator.web.private import Private
from syndicator.web.published import WebState
from syndicator.web.tally import AUDITOR, Tally

__all__ = ["AUDITOR", "Front", "Private", "Tally", "WebState", "make_app"]
