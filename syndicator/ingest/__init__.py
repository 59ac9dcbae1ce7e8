"""Reading: bytes → Entry → Article, one reader a wire format, then one normalizer. Pure."""

from syndicator.ingest.profile import Profile
from syndicator.ingest.read import Reading, parse, read
from syndicator.ingest.understand import reread

__all__ = ["Profile", "Reading", "parse", "read", "reread"]
