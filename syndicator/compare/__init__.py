"""Identity: what an arrival is, judged by keys against the ledger. Pure."""

from syndicator.compare.attached import refreshed, with_files
from syndicator.compare.difference import differences
from syndicator.compare.evidence import evidence
from syndicator.compare.habits import distrust, is_noisy, observe
from syndicator.compare.judge import bury, in_doubt, judge, knowledge, known_of, with_own_words
from syndicator.compare.keys import (
    identify,
    keys_of,
    keys_to_ask,
    keys_to_ask_after_all,
    killed_key,
    ref_keys,
    story_key,
    with_keys_not_asked,
)
from syndicator.compare.memory import articles_in, remembered, still, without
from syndicator.compare.revise import is_tiny, material
from syndicator.compare.targets import order_in, targets

__all__ = [
    "articles_in",
    "bury",
    "differences",
    "distrust",
    "evidence",
    "identify",
    "in_doubt",
    "is_noisy",
    "is_tiny",
    "judge",
    "keys_of",
    "keys_to_ask",
    "keys_to_ask_after_all",
    "killed_key",
    "knowledge",
    "known_of",
    "material",
    "observe",
    "order_in",
    "ref_keys",
    "refreshed",
    "remembered",
    "still",
    "story_key",
    "targets",
    "with_files",
    "with_keys_not_asked",
    "with_own_words",
    "without",
]
