"""Syndicator: a self-hosted syndication desk.

Two pipes that meet only at the library::

    poll one source:    fetch → parse → normalize → credit → compare → route → library
    release one topic:  library → clear → edit → render → publish

``docs/architecture.md`` walks through the rooms.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("syndicator")
except PackageNotFoundError:  # a bare checkout on PYTHONPATH, never an installed desk
    __version__ = "0+unknown"
