"""Telling a hub from a stranger, and being told from one (WebSub §7)."""

import hmac

METHODS = frozenset({"sha1", "sha256", "sha384", "sha512"})
"""Recognized by WebSub §7.1. SHA-1 within an HMAC is not broken, and most hubs sign with it."""


def signature(secret: str, body: bytes) -> str:
    """Return the ``X-Hub-Signature`` of a body, by SHA-256."""
    return f"sha256={hmac.new(secret.encode(), body, 'sha256').hexdigest()}"


def is_signed(secret: str, header: str | None, body: bytes) -> bool:
    """Say whether ``X-Hub-Signature`` is that of these very bytes; takes the same time either way.

    The header is ``method=signature``, the signature in hexadecimal of either
    case. No header, or another method, is no signature.
    """
    method, _, given = (header or "").strip().partition("=")
    method = method.strip().lower()
    if method not in METHODS:
        return False
    made = hmac.new(secret.encode(), body, method).hexdigest()
    return hmac.compare_digest(made.encode(), given.strip().lower().encode("utf-8", "replace"))
