"""YAML → frozen settings; errors name file, line, column, and the nearest valid key."""

from syndicator.settings.load import load

__all__ = ["load"]
