"""The web side: serves published files, health and metrics. No store is asked for a feed."""

from syndicator.web.app import WebState, make_app

__all__ = ["WebState", "make_app"]
