"""How a source that is not open to everyone is asked: credentials, which are never shown."""

import re
from base64 import b64encode

from pydantic import Field, SecretStr, field_validator, model_validator

from syndicator.model.fields import Strict

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]+")
_OURS = frozenset(
    [
        "host",
        "connection",
        "content-length",
        "transfer-encoding",
        "te",
        "user-agent",
        "accept-encoding",
        "if-none-match",
        "if-modified-since",
    ]
)


class Access(Strict):
    """Credentials of a source, best taken from the environment as ``${NAME}``.

    They are sent to the origin (scheme, host and port) of the source's own
    address alone, never along a redirect to another.
    """

    basic: SecretStr | None = Field(None, description="user:password (RFC 7617)")
    bearer: SecretStr | None = Field(None, description="token (RFC 6750)")
    cookie: SecretStr | None = Field(None, description="value of the Cookie header: name=value")
    headers: dict[str, SecretStr] = Field({}, description="further headers, as in X-Api-Key")

    @field_validator("basic")
    @classmethod
    def _pair(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and ":" not in value.get_secret_value():
            raise ValueError("write user:password")
        return value

    @model_validator(mode="after")
    def _sound(self) -> "Access":
        if self.basic is not None and self.bearer is not None:
            raise ValueError("basic and bearer are two answers to one question; keep one")
        for name in self.headers:
            if not _NAME.fullmatch(name) or name.lower() in _OURS:
                raise ValueError(f"{name!r} is no header a source may set")
        for name, value in self.sent().items():
            if not _VALUE.fullmatch(value):
                raise ValueError(f"{name} is empty, or holds what no header may")
        return self

    def sent(self) -> dict[str, str]:
        """Return the headers they come to."""
        found = {name: value.get_secret_value() for name, value in self.headers.items()}
        if self.cookie is not None:
            found["Cookie"] = self.cookie.get_secret_value()
        if self.bearer is not None:
            found["Authorization"] = f"Bearer {self.bearer.get_secret_value()}"
        if self.basic is not None:
            pair = self.basic.get_secret_value().encode()
            found["Authorization"] = f"Basic {b64encode(pair).decode()}"
        return found
