"""Corpus tests are collected only where the captures are at hand."""

from pathlib import Path

CAPTURES = Path(__file__).parents[2].parent / "shared" / "corpus" / "demo12.txt"
collect_ignore = [] if CAPTURES.is_file() else ["test_demo.py"]
