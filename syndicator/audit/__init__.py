"""Audit: everything that is out there, read anew and checked against its licence.

Independent of the release code on purpose: it parses published bytes, never
our own objects, and asks the licence itself.
"""

from syndicator.audit.case import Breach
from syndicator.audit.lines import audit_lines
from syndicator.audit.look import Document, Shelf, audit, documents_in, stock

__all__ = ["Breach", "Document", "Shelf", "audit", "audit_lines", "documents_in", "stock"]
