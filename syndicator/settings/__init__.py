"""YAML → frozen settings; errors name file, line, column, and the nearest valid key.

Edits live in ``settings.edit``, OPML in ``settings.opml``, the JSON Schemas
that editors use in ``settings.schemas``.
"""

from syndicator.settings.load import load

__all__ = ["load"]
