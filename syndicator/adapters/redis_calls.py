"""Asking the store: keys under one prefix, scripts by name, and its troubles in one line."""

from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar, cast

import redis.asyncio as aioredis
from redis.exceptions import AuthenticationError, RedisError
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from syndicator.errors import LibraryError

_T = TypeVar("_T")


@asynccontextmanager
async def trouble(what: str) -> AsyncIterator[None]:
    """Turn an error of the store, met while doing ``what``, into one of ours.

    Raises:
        LibraryError: the store failed.
    """
    try:
        yield
    except (RedisError, OSError) as error:
        raise LibraryError(_said(what, error)) from error


def _said(what: str, error: RedisError | OSError) -> str:
    """Say in one line what is wrong with the store, and what an operator can do."""
    text = " ".join(str(error).split()).rstrip(".") or type(error).__name__
    match error:
        case AuthenticationError():
            return f"the store refuses the name or password in redis.url ({text}); correct it"
        case RedisConnectionError() | RedisTimeoutError() | OSError():
            return f"the store does not answer ({text}); start it, or correct redis.url"
        case _ if text.startswith("MISCONF"):
            return f"the store cannot write, as when its disk is full ({text}); make room for it"
        case _:
            return f"the store failed while {what}: {text}"


class RedisCalls:
    """A client, the prefix of its keys, and the scripts it may run."""

    def __init__(self, client: "aioredis.Redis", prefix: str, sources: dict[str, str]) -> None:
        """Use ``client``, which must return bytes (``decode_responses`` off)."""
        self._redis = client
        self._p = "{" + prefix + "}:"
        self._scripts = {name: client.register_script(text) for name, text in sources.items()}

    def _key(self, name: str) -> str:
        return self._p + name

    async def _run(self, name: str, keys: Sequence[str], *args: Any) -> Any:
        script = self._scripts[name]
        async with trouble(name.lower().replace("_", " ")):
            return await script(keys=[self._key(key) for key in keys], args=args)

    async def _call(self, what: str, answer: Awaitable[_T]) -> _T:
        async with trouble(what):
            return await answer


def as_hash(answer: Any) -> Awaitable[dict[bytes, bytes]]:
    """redis-py types one method for two worlds; here it is always awaitable."""
    return cast("Awaitable[dict[bytes, bytes]]", answer)


def as_value(answer: Any) -> Awaitable[bytes | None]:
    """Type an answer that is one value or none."""
    return cast("Awaitable[bytes | None]", answer)


def as_rows(answer: Any) -> Awaitable[list[Any]]:
    """Type an answer that is a list."""
    return cast("Awaitable[list[Any]]", answer)


def as_page(answer: Any) -> Awaitable[tuple[int, list[Any]]]:
    """Type an answer that is a cursor and a list."""
    return cast("Awaitable[tuple[int, list[Any]]]", answer)


def as_number(answer: Any) -> Awaitable[int]:
    """Type an answer that is a number."""
    return cast("Awaitable[int]", answer)
