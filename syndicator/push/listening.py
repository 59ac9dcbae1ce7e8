"""A listener of the desk's own hub: asked for, verified, told, given up (WebSub §5 and §7)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from urllib.parse import unquote, urlencode, urlsplit, urlunsplit

import msgspec
from msgspec.structs import replace

from syndicator.model.listener import Hearing, Listener, Request, Telling
from syndicator.model.source import PollBounds
from syndicator.model.text import digest
from syndicator.polling.hosts import domain_of, host_of
from syndicator.polling.patience import back_off
from syndicator.push.documents import document_at
from syndicator.push.terms import LONGEST_TROUBLE

SHORTEST, LONGEST = timedelta(hours=1), timedelta(days=10)
"""What is asked for is granted within these. Who asks for no time gets the longest: whoever does
not speak of it often does not renew either, and one that is gone costs a few retries a day."""
RETRY = PollBounds(min=timedelta(minutes=1), max=timedelta(hours=6))
ASK_AGAIN = (timedelta(seconds=15), timedelta(minutes=2))
"""Waits before a callback that gave no answer at all is asked again; then it is let be."""
LONGEST_ADDRESS, LONGEST_SECRET = 2000, 199
SLOW = timedelta(seconds=2)
NO_TOPIC = "there is no public feed at this address"
"""Said alike of what does not exist and of what only subscribers may read."""
ENDED = "this feed is not public any more"
OK, REDIRECTS, GONE = 200, 300, 410
_PORTS = {"http": 80, "https": 443}


class Complaint(msgspec.Struct, frozen=True):
    """What is wrong with a request, in one line for whoever wrote the subscriber."""

    text: str


def read_request(
    form: Mapping[str, str], base_url: str, now: datetime, identity: str
) -> Request | Complaint:
    """Read what was asked of the hub (WebSub §5.1); what it does not know is passed over.

    Whether the topic is public is not looked at. A fragment of the callback is
    dropped, since nobody sends one.
    """
    mode, topic = form.get("hub.mode", ""), form.get("hub.topic", "")
    if mode not in {"subscribe", "unsubscribe"}:
        return Complaint("hub.mode must be subscribe or unsubscribe")
    callback = form.get("hub.callback", "")
    wrong = _wrong(callback, base_url)
    if wrong is not None:
        return Complaint(f"hub.callback {wrong}")
    parts = urlsplit(callback)
    callback = urlunsplit(parts._replace(path=parts.path or "/", fragment=""))
    document = document_at(base_url, topic)
    if document is None:
        return Complaint("hub.topic must be the address of a feed of this desk, as rel=self says")
    asked = form.get("hub.lease_seconds", "").strip()
    if asked and not (asked.isascii() and asked.isdigit()):
        return Complaint("hub.lease_seconds must be a whole number of seconds")
    secret = form.get("hub.secret", "") if mode == "subscribe" else ""
    if len(secret.encode("utf-8", "surrogatepass")) > LONGEST_SECRET:
        return Complaint("hub.secret must be shorter than 200 bytes")
    return Request(
        id=identity,
        mode="subscribe" if mode == "subscribe" else "unsubscribe",
        callback=callback,
        topic=topic,
        document=document,
        asked=now,
        lease=granted(int(asked[:18] or "0")),
        secret=secret,
    )


def _wrong(callback: str, base_url: str) -> str | None:
    """Say why an address cannot be called back, if so."""
    if not callback.isascii() or not callback.isprintable() or " " in callback:
        return "must be an address in ASCII, without spaces"
    try:
        parts = urlsplit(callback)
        _ = parts.port
    except ValueError:
        return "is no usable address"
    if parts.scheme not in _PORTS or not parts.hostname or len(callback) > LONGEST_ADDRESS:
        return "must be an http:// or https:// address of at most 2000 characters"
    if parts.username is not None or parts.password is not None:
        return "must name no user and no password"
    if is_below(callback, base_url):
        return "leads to this desk itself"
    return None


def is_below(url: str, base_url: str) -> bool:
    """Say whether an address is one of the desk at ``base_url``, by either scheme."""
    here, there = urlsplit(base_url), urlsplit(url)
    ports = {_PORTS[one.scheme] if one.port is None else one.port for one in (here, there)}
    same = here.hostname == there.hostname and (len(ports) == 1 or ports == {*_PORTS.values()})
    path = unquote(there.path)
    return same and ("/.." in path or f"{path}/".startswith(f"{here.path}/"))


def granted(seconds: int) -> int:
    """Return the lease given to whom asks for one of ``seconds``; 0 asks for none in particular."""
    shortest, longest = int(SHORTEST.total_seconds()), int(LONGEST.total_seconds())
    return min(max(seconds, shortest), longest) if seconds else longest


def listener_id(callback: str, document: str) -> str:
    """Return what stands for a callback and a document: there is one listener for both."""
    return digest(callback, document, size=8).hex()


def counted_with(url: str) -> str:
    """Return with whom an address is counted: its registrable domain, else its host."""
    return domain_of(url) or host_of(url)


def question(request: Request, challenge: str) -> str:
    """Return the address that asks a callback whether a request was meant, or denies it one.

    What stands in its query stays, before ours (WebSub §5.3).
    """
    said = {"hub.mode": request.mode, "hub.topic": request.topic}
    if request.mode == "denied":
        said["hub.reason"] = request.reason
    else:
        said["hub.challenge"] = challenge
    if request.mode == "subscribe":
        said["hub.lease_seconds"] = str(request.lease)
    if urlsplit(request.callback).query:
        return f"{request.callback}&{urlencode(said)}"
    return f"{request.callback.removesuffix('?')}?{urlencode(said)}"


def listener_of(request: Request, now: datetime) -> Listener:
    """Return the listener whose callback has just said that it meant to subscribe."""
    return Listener(
        id=listener_id(request.callback, request.document),
        callback=request.callback,
        document=request.document,
        host=counted_with(request.callback),
        since=now,
        until=now + timedelta(seconds=request.lease),
        secret=request.secret,
    )


def hub_listener(hub: str, document: str, now: datetime) -> Listener:
    """Return another hub as one that is told of a document."""
    name = listener_id(f"hub {hub}", document)
    return Listener(
        id=name, callback=hub, document=document, host=counted_with(hub), since=now, hub=True
    )


def ask_again(request: Request, now: datetime) -> tuple[Request, datetime] | None:
    """Return a request whose callback gave no answer, and when to ask it again; ``None``: never."""
    if request.tries >= len(ASK_AGAIN):
        return None
    return replace(request, tries=request.tries + 1), now + ASK_AGAIN[request.tries]


def is_over(listener: Listener, now: datetime) -> bool:
    """Say whether its lease has run out."""
    return listener.until is not None and now >= listener.until


def was_heard(heard: str, now: datetime, took: timedelta) -> Hearing:
    """Record a delivery that was taken: what went wrong before is over."""
    return Hearing(heard=heard, last=now, slow=took > SLOW)


def was_not_heard(
    telling: Telling, now: datetime, trouble: str, retry_at: datetime | None = None
) -> tuple[Hearing, datetime]:
    """Record a delivery that came to nothing; return also when to try again.

    After one to three minutes, then anything up to three times the longest wait so
    far, six hours at most; not before ``retry_at``, if that is within those.
    """
    hearing = telling.hearing
    before = timedelta(seconds=hearing.wait) or RETRY.min
    wait = back_off(before, RETRY, now, seed=telling.listener.id, longest=RETRY.max)
    due = now + wait
    if retry_at is not None:
        due = max(due, min(retry_at, now + RETRY.max))
    return (
        replace(
            hearing,
            failures=hearing.failures + 1,
            wait=max(hearing.wait, wait.total_seconds()),
            trouble=trouble[:LONGEST_TROUBLE],
        ),
        due,
    )


def settle_listeners(
    known: Iterable[Listener],
    public: Iterable[str],
    hubs: Iterable[str],
    *,
    own: bool,
    now: datetime,
) -> tuple[list[Listener], list[Listener]]:
    """Compare who listens with the documents that are ``public`` now, and with the settings.

    Return those to end, and the other ``hubs`` that are to be told and are not yet known.
    Unless ``own``, the desk runs no hub, and nobody listens.
    """
    documents = frozenset(public)
    wanted = [hub_listener(hub, one, now) for hub in hubs for one in sorted(documents)]
    names = {one.id for one in wanted}
    ended, standing = [], set()
    for one in known:
        kept = one.id in names if one.hub else own and one.document in documents
        if kept:
            standing.add(one.id)
        else:
            ended.append(one)
    return ended, [one for one in wanted if one.id not in standing]
