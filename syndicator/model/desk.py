"""The desk's own settings, and everything an operator wrote, as one frozen value."""

import re
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field

from syndicator.model.fields import Duration, Strict
from syndicator.model.house import House
from syndicator.model.ids import LicenseId, SourceId, SubscriberId, TopicId
from syndicator.model.license import License
from syndicator.model.source import Source
from syndicator.model.subscriber import Subscriber
from syndicator.model.topic import Topic


class RedisSettings(Strict):
    """Where the library lives. Without ``url`` the desk keeps its own store in ``data``."""

    url: str | None = Field(
        None, description="redis://, rediss:// or unix:// address; absent: the embedded store"
    )
    prefix: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$")] = Field(
        "syndicator", description="first part of every key, so desks can share a server"
    )
    server: str | None = Field(
        None, description="path of a valkey-server or redis-server for the embedded store"
    )


class HostPace(Strict):
    """How hard one upstream host may be asked."""

    connections: int = Field(2, ge=1, le=64)
    interval: Duration = Field(timedelta(seconds=1), description="between starts of two requests")


class FetchSettings(Strict):
    """Limits of every request to an upstream."""

    concurrency: int = Field(32, ge=1, le=512, description="polls under way at once")
    timeout: Duration = Field(timedelta(seconds=30), description="one answer, from first to last")
    max_bytes: int = Field(10_000_000, ge=1024, description="largest body, after decompression")
    max_redirects: int = Field(5, ge=0, le=20)
    allow_private: tuple[IPv4Network | IPv6Network, ...] = Field(
        (), description="private networks that may be asked after all, as in 127.0.0.0/8"
    )
    per_host: HostPace = HostPace()
    eagerness: float = Field(
        12.0, ge=1, le=1000, description="polls a day of a source that brings one article a day"
    )


class ReadSettings(Strict):
    """Limits of reading one document, in a process that can be killed."""

    workers: int = Field(0, ge=0, le=64, description="processes; 0: one a core")
    timeout: Duration = Field(timedelta(seconds=20))
    memory_mb: int = Field(1024, ge=256)


def _root_address(url: str) -> str:
    """Refuse what no path can be put after, or no hub could use.

    Raises:
        ValueError: naming what is wrong.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise ValueError(f"is no usable address ({error})") from error
    if not parts.hostname:
        raise ValueError("names no host")
    if parts.query or parts.fragment or parts.username or parts.password:
        raise ValueError("must end after the host or a path: no ?, no #, no user")
    return url


HUB = "/hub"
"""Where the desk's own hub is, below its address."""


def _hubs(value: object) -> object:
    """Refuse what is neither a word for a hub nor a list of hubs' addresses.

    Raises:
        ValueError: saying what there may be.
    """
    if value in ("own", "off"):
        return value
    if not isinstance(value, list | tuple) or not value:
        raise ValueError("must be own, off, or a list of hubs, as in [https://hub.example/]")
    for one in value:
        if not re.fullmatch(r"https?://[!#-;=?-Z\\[\]_a-z~%]+", str(one)):
            raise ValueError(f"{str(one)[:100]!r} is no http:// or https:// address of a hub")
        try:
            parts = urlsplit(str(one))
            _ = parts.port
        except ValueError as error:
            raise ValueError(f"{str(one)[:100]!r} is no usable address ({error})") from error
        if not parts.hostname or parts.fragment or parts.username or parts.password:
            raise ValueError(f"{parts.hostname or str(one)!r}: a hub has a host, no user, no #")
    return tuple(dict.fromkeys(map(str, value)))


class Desk(Strict):
    """``config/syndicator.yaml``. Relative paths start at the folder that holds ``config/``."""

    title: str = "Syndicator"
    contact: str | None = Field(
        None, description="address or URL sent to upstreams, so they can reach you"
    )
    listen: Annotated[str, Field(pattern=r"^(\[[0-9A-Fa-f:]+\]|[^:\s]+):\d{1,5}$")] = (
        "127.0.0.1:8080"
    )
    public_url: (
        Annotated[str, Field(pattern=r"^https?://\S+$"), AfterValidator(_root_address)] | None
    ) = Field(
        None,
        description="address under which readers and hubs reach the desk; without it readers get "
        "http:// and listen, nothing is pushed, and no hub is named",
    )
    hub: Annotated[Literal["own", "off"] | tuple[str, ...], BeforeValidator(_hubs)] = Field(
        "own",
        description="who tells subscribers of news by WebSub: the desk's own hub, nobody (off), or "
        "a list of other hubs; without public_url none is named",
    )
    data: Path = Path("data")
    feeds: Path = Path("feeds")
    keep: Duration | None = Field(
        timedelta(days=180),
        description="articles that stand in no feed go this long after they came; none: never",
    )
    redis: RedisSettings = RedisSettings()
    fetch: FetchSettings = FetchSettings()
    read: ReadSettings = ReadSettings()
    log: Literal["auto", "plain", "json"] = "auto"

    @property
    def base_url(self) -> str:
        """The address readers use, without a trailing slash."""
        return (self.public_url or f"http://{self.listen}").rstrip("/")

    @property
    def hubs(self) -> tuple[str, ...]:
        """The hubs that public topics name; none where nobody outside knows the way here."""
        if self.public_url is None or self.hub == "off":
            return ()
        return (self.base_url + HUB,) if self.hub == "own" else tuple(self.hub)


class Settings(Strict):
    """Everything in ``config/``, checked and cross-checked.

    ``root`` is the folder that holds the configuration folder; ``config`` is
    that folder. ``desk.data`` and ``desk.feeds`` are absolute here.
    """

    root: Path
    config: Path
    desk: Desk
    sources: dict[SourceId, Source]
    licenses: dict[LicenseId, License]
    topics: dict[TopicId, Topic]
    houses: tuple[House, ...] = ()
    subscribers: dict[SubscriberId, Subscriber] = Field(default_factory=dict)
