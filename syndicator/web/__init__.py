"""The web side: published files, health, metrics. No store is asked for a public feed."""

from syndicator.web.app import WebState, make_app
from syndicator.web.private import Private

__all__ = ["Private", "WebState", "make_app"]
