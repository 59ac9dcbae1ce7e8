"""Identity: what an arrival is, judged by keys against the ledger. Pure."""

from syndicator.compare.judge import judge
from syndicator.compare.keys import identify

__all__ = ["identify", "judge"]
