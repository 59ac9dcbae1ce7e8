"""Identity: what an arrival is, judged by keys against the ledger. Pure."""

from syndicator.compare.judge import bury, judge
from syndicator.compare.keys import identify, killed_key, ref_keys, story_key
from syndicator.compare.targets import order_in, targets

__all__ = [
    "bury",
    "identify",
    "judge",
    "killed_key",
    "order_in",
    "ref_keys",
    "story_key",
    "targets",
]
