"""Chance that can be repeated: the same source at the same moment draws the same lot."""

from datetime import datetime
from zlib import crc32


def lot(seed: str, now: datetime, purpose: str) -> float:
    """Return a number from 0 to 1, spread evenly over sources, moments and purposes."""
    return crc32(f"{purpose} {seed} {now.timestamp()}".encode()) / 0xFFFFFFFF
