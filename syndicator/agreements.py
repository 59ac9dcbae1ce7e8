"""Making agreements with hubs, and keeping them: what feeds offer, asked for, verified, renewed.

The rules are pure and stand in ``push``; here they meet hubs and the library.
Everything is written before a hub is asked, because it may verify before it
answers, and to another process of the desk.
"""

import asyncio
import hmac
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from secrets import token_urlsafe

import msgspec
from msgspec.structs import replace

from syndicator import push
from syndicator.errors import FetchError, LaterError
from syndicator.model.desk import Settings
from syndicator.model.ids import SourceId
from syndicator.model.push import Agreement, Mode, Offer
from syndicator.model.source import PollBounds, Source
from syndicator.polling.patience import back_off
from syndicator.ports import Clock, Library
from syndicator.ports.courier import Courier

PATH = "/websub/"
LEASE = timedelta(minutes=5)
AT_ONCE = 20
TRIES = 5
TOKEN_BYTES = 24
KEY = "websub:key"
REACHED_FOR = timedelta(days=1)
INSIDE = (
    "{} is inside your network, where no hub outside can call; if your hubs are inside too, "
    "add the network to fetch.allow_private"
)
TEST_AGAIN = PollBounds(min=timedelta(minutes=1), max=timedelta(hours=12))


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one request to a hub: ``error`` is one line, ``None`` if the hub took it."""

    source: SourceId
    hub: str
    mode: Mode
    error: str | None = None


def may_be_pushed(source: Source) -> bool:
    """Say whether hubs may be asked for a source.

    Not for one that is asked through a proxy: the hub would be asked straight,
    and whoever chose a proxy may have chosen not to be seen.
    """
    return not source.paused and source.proxy is None


class Agreements:
    """Keeps the agreements of all sources. Every method may raise ``LibraryError``.

    ``unreached`` says in one line why hubs could not call the desk when that was
    last tried; ``None`` while they can, or nothing needed it.
    """

    def __init__(
        self,
        library: Library,
        courier: Courier,
        clock: Clock,
        public_url: str,
        make_token: Callable[[int], str] = token_urlsafe,
    ) -> None:
        """Be called back below ``public_url``, where the desk is reached from outside."""
        self._library = library
        self._courier = courier
        self._clock = clock
        self._place = public_url.rstrip("/") + PATH
        self._make_token = make_token
        self._reached: datetime | None = None
        self._test_at: datetime | None = None
        self._test_wait = timedelta()
        self._testing = asyncio.Lock()
        self.unreached: str | None = None

    async def settle_all(self, settings: Settings) -> None:
        """Make agreements follow the settings and what every source was last heard to offer."""
        states = await self._library.source_states()
        known: dict[SourceId, list[Agreement]] = {}
        for one in await self._library.agreements():
            known.setdefault(one.source, []).append(one)
        for key in {*states, *known}:
            source, state = settings.sources.get(key), states.get(key)
            here = state is not None and source is not None and state.url == source.url
            wanted = source is not None and may_be_pushed(source)
            offer = state.offer if state is not None and here and wanted else None
            if offer is not None or key in known:
                await self._settle(key, offer, known.get(key, ()))

    async def settle(self, source: SourceId, offer: Offer | None) -> None:
        """Make the agreement of one source follow what its feed offers now."""
        known = await self._library.agreement_of(source)
        if known is not None or offer is not None:
            await self._settle(source, offer, [known] if known else [])

    async def _settle(
        self, source: SourceId, offer: Offer | None, known: Iterable[Agreement]
    ) -> None:
        now, known = self._clock.now(), list(known)
        kept, past = push.settle(known, offer, self._place, now)
        for one in past:
            await self._library.keep_agreement(push.given_up(one), now)
        if kept is not None and kept not in known:
            await self._library.keep_agreement(kept, None)
        elif kept is None and offer is not None:
            await self._library.keep_agreement(self._draw_up(source, offer), now)

    def _draw_up(
        self, source: SourceId, offer: Offer, before: Agreement | None = None
    ) -> Agreement:
        token = self._make_token(TOKEN_BYTES)
        return push.draw_up(
            source,
            offer,
            token=token,
            secret=self._make_token(TOKEN_BYTES),
            callback=self._place + token,
            before=before,
        )

    async def see_to_due(self) -> Sequence[Asked]:
        """Do what is due: ask hubs, renew, give up, forget. Return what was asked of whom."""
        now = self._clock.now()
        due = await self._library.claim_agreements(now, AT_ONCE, LEASE)
        done = await asyncio.gather(*(self._see_to(one) for one in due))
        return [one for one in done if one is not None]

    async def _see_to(self, agreement: Agreement) -> Asked | None:
        now = self._clock.now()
        if agreement.pending is not None:
            trouble = "the hub did not verify the request in time"
            await self._failed(agreement, now, trouble, None)
            return self._asked(agreement, agreement.pending, trouble)
        step = push.step(agreement, now)
        if step == "forget":
            await self._library.forget_agreement(agreement.token)
            return None
        # Once it has stood, hubs have called here, and their word weighs more than our own test.
        first = step == "subscribe" and agreement.since is None
        if first and not await self._can_be_reached():
            trouble = f"the desk's callback is not reached: {self.unreached}"
            later = replace(agreement, trouble=trouble[: push.LONGEST_TROUBLE])
            await self._library.keep_agreement(later, self._test_at)
            return None
        agreement, due = push.asking(agreement, step, now)
        if not await self._library.keep_agreement(agreement, due):
            return None  # it changed while we looked; whoever changed it said when it is due
        return await self._ask(replace(agreement, revision=agreement.revision + 1), step)

    async def _ask(self, agreement: Agreement, mode: Mode) -> Asked:
        form = {
            "hub.callback": agreement.callback,
            "hub.mode": mode,
            "hub.topic": agreement.topic,
        }
        if mode == "subscribe":
            # Also to hubs without https:, against the advice of WebSub §5.1: what is signed with
            # a secret that someone on the line may have read is still better than unsigned.
            lease = int(push.ASKED_LEASE.total_seconds())
            form |= {"hub.lease_seconds": str(lease), "hub.secret": agreement.secret}
        form["hub.verify"] = "async"  # hubs of PubSubHubbub 0.3 insist on it, others let it be
        now = self._clock.now()
        try:
            await self._courier.ask(agreement.hub, form, now)
        except LaterError as error:
            await self._library.keep_agreement(replace(agreement, pending=None), error.at)
            return self._asked(agreement, mode, str(error))
        except FetchError as error:
            await self._failed(agreement, now, str(error), error.retry_at)
            return self._asked(agreement, mode, str(error))
        return self._asked(agreement, mode)

    def _asked(self, agreement: Agreement, mode: Mode, error: str | None = None) -> Asked:
        return Asked(source=agreement.source, hub=agreement.hub, mode=mode, error=error)

    async def _failed(
        self, agreement: Agreement, now: datetime, trouble: str, retry_at: datetime | None
    ) -> None:
        """Note a failure, unless the hub has verified meanwhile after all."""
        kept, due = push.failed(agreement, now, trouble, retry_at=retry_at)
        if await self._library.keep_agreement(kept, due):
            await self._elsewhere(kept, now)

    async def _elsewhere(self, agreement: Agreement, now: datetime) -> None:
        """Turn to another hub of the feed, where one will not or cannot and there is another."""
        stuck = push.is_turned_away(agreement) and not push.is_standing(agreement, now)
        if not (agreement.wanted and stuck and push.has_another(agreement)):
            return
        offer = Offer(hubs=agreement.hubs, topic=agreement.topic)
        fresh = self._draw_up(agreement.source, offer, before=agreement)
        await self._library.keep_agreement(fresh, now)
        await self._library.forget_agreement(agreement.token)

    async def confirm(self, token: str, mode: str, topic: str, lease: str | None) -> bool:
        """Say whether what a hub verifies is what the desk wants (WebSub §5.3), and note that."""
        for _ in range(TRIES):
            agreement = await self._library.agreement(token)
            if agreement is None:
                return False
            found = push.confirmed(agreement, mode, topic, lease, self._clock.now())
            if found is None:
                return False
            if await self._library.keep_agreement(*found):
                return True
        return False

    async def deny(self, token: str, topic: str, reason: str | None) -> bool:
        """Hear that a hub refuses (WebSub §5.2); ``False`` if it speaks of nothing asked of it."""
        for _ in range(TRIES):
            agreement, now = await self._library.agreement(token), self._clock.now()
            found = push.denied(agreement, topic, reason, now) if agreement else None
            if found is None:
                return False
            if await self._library.keep_agreement(*found):
                await self._elsewhere(found[0], now)
                return True
        return False

    async def taken(self, agreement: Agreement) -> None:
        """Note that a hub has delivered something it had signed."""
        now = self._clock.now()
        await self._library.keep_agreement(replace(agreement, delivered=now), None)

    async def proof(self, nonce: str) -> str:
        """Return what only a process of this desk can answer to ``nonce``."""
        key = await self._library.note(KEY)
        if key is None:
            await self._library.set_note(KEY, token_urlsafe(32))
            key = await self._library.note(KEY) or ""
        return hmac.digest(key.encode(), nonce.encode(), "sha256").hex()

    async def _can_be_reached(self) -> bool:
        """Call the desk's own callback from outside, unless that was done lately."""
        async with self._testing:  # however many agreements wait for it, one call tells
            now = self._clock.now()
            if self._reached is not None and now - self._reached < REACHED_FOR:
                return True
            if self._test_at is not None and now < self._test_at:
                return False
            nonce = token_urlsafe(16)
            url = f"{self._place}test/{nonce}"
            try:
                answer = await self._courier.look(url, now)
            except (FetchError, LaterError) as error:
                inside = error.kind == "private-address"
                self.unreached = INSIDE.format(self._place) if inside else str(error)
            else:
                alike = hmac.compare_digest(answer.encode(), (await self.proof(nonce)).encode())
                self.unreached = None if alike else f"{url}: something else answers there"
            if self.unreached is None:
                self._reached, self._test_wait, self._test_at = now, timedelta(), None
                return True
            wait = back_off(self._test_wait, TEST_AGAIN, now, seed=self._place)
            self._test_wait = max(self._test_wait, wait)
            self._test_at = now + wait
            return False
