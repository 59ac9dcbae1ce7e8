"""The reader of well-formed XML feeds, over lxml: fast, and with all that licensing needs.

RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, RDF and CDF. What it does not take
(ill-formed documents, declared entities, unknown roots, odd encodings) is left
to the tolerant reader in ``ingest/xmlfeed.py``.
"""

from syndicator.ingest.native.reader import read_native

__all__ = ["read_native"]
