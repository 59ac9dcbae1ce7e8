"""A farm of feeds on loopback: deterministic, flat in memory, and without a network.

Start it as its own process, so that its work is not counted with the client's::

    python benchmarks/farm.py --feeds 1000 --entries 20

It prints one line of JSON once it listens, ``{"url": "http://127.0.0.1:PORT", …}``,
and ends on SIGTERM, SIGINT, or when its standard input closes (``--stdin``).

Addresses:

``GET /feed/<n>``
    Feed ``n`` of the farm, ``0 <= n < feeds``. Of each twenty feeds twelve are
    RSS 2.0, five Atom 1.0, one RDF (RSS 1.0) and two JSON Feed 1.1. A strong
    ``ETag``, ``Last-Modified``, and 304 to a fitting ``If-None-Match`` or, in
    its absence, ``If-Modified-Since``. No ``Cache-Control``, so that nobody
    has a reason to wait. gzip when the client accepts it (``--no-gzip`` never).
``GET /feeds``
    Every feed's address and format, one a line, tab between them.
``GET /generation`` · ``GET /generation/<g>``
    The farm's generation; the second moves it to ``g`` (forward or back; 0 at
    the start) and answers with it. A generation's bytes are the same whenever
    it is visited. Both answer with JSON: ``generation``, ``changed_feeds``
    (against ``g - 1``), ``changed_entries``.
``GET /counts``
    Answers by status since the last ``/counts``, and the body bytes sent; as JSON.

In each step from one generation to the next every feed in a share of them
(``--changed-feeds``, default 1.0) has one in every ``1 / --changed-entries``
(default 0.05) of its entries replaced by a new one at the top (new id, link,
text, date), so with the defaults 5 % of all entries are new at each
generation, and every feed's ETag changes. With ``--changed-feeds 0.05
--changed-entries 1.0`` 5 % of the feeds change wholly, and the rest answer 304.

``--slow`` and ``--failing`` (shares, default 0) make members that wait
``--delay`` seconds (default 5) before they answer, and members that answer in
turn 500, 404, half a body, and an HTML page.

Every body is rendered when asked for, from the seed, the feed's number and
the generation: nothing is kept but what ``/counts`` counts.
"""

import argparse
import asyncio
import functools
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import blake2b
from typing import NamedTuple
from xml.sax.saxutils import escape

from aiohttp import web

# Three hours ago, so that the farm is no graveyard: a desk wonders about silence.
_HOUR = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)  # noqa: TID251 - of this run
OWN = "\u00a7"
START = _HOUR - timedelta(hours=3)
FORMATS = ("rss",) * 12 + ("atom",) * 5 + ("rdf",) + ("json",) * 2
MEDIA = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "rdf": "application/rdf+xml",
    "json": "application/feed+json",
}
SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "la",
    "me",
    "ni",
    "po",
    "ru",
    "sa",
    "te",
    "vi",
    "zo",
    "ka",
    "le",
    "mi",
    "no",
    "pu",
    "ra",
]
NAMES = ("Ada Berg", "Ben Cole", "Cara Dunn", "Dov Eliaz", "Eve Frost", "Finn Gale")
SECTIONS = ("World", "Business", "Science", "Culture", "Sport")


class Plan(NamedTuple):
    """What the farm grows; shares are from 0 to 1, ``size`` is an entry's HTML in bytes."""

    feeds: int
    entries: int
    size: int
    seed: int
    changed_feeds: float
    changed_entries: float
    slow: float
    failing: float
    delay: float
    gzip: bool


class Item(NamedTuple):
    """One entry, ready for any format."""

    link: str
    title: str
    html: str
    author: str
    section: str
    date: datetime


@functools.cache
def vocabulary(seed: int) -> tuple[str, ...]:
    """Return four thousand words."""
    pick = random.Random(seed)
    return tuple("".join(pick.choices(SYLLABLES, k=pick.randint(1, 4))) for _ in range(4000))


def _share(plan: Plan, number: int, share: float, salt: str) -> bool:
    """Whether feed ``number`` is in a share of the farm: the same answer each time."""
    digest = blake2b(f"{plan.seed} {salt} {number}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") < share * 2**32


def kind(number: int) -> str:
    """Return the format of a feed."""
    return FORMATS[number * 7 % len(FORMATS)]  # 7 and 20 share no factor: a mix, not blocks


def replaced(plan: Plan) -> int:
    """Return how many entries a changing feed replaces in a step: at least one."""
    return max(1, round(plan.entries * plan.changed_entries))


def steps(plan: Plan, number: int, generation: int) -> int:
    """Return how often feed ``number`` changed up to ``generation``."""
    return sum(
        _share(plan, number, plan.changed_feeds, f"step {step}")
        for step in range(1, generation + 1)
    )


@functools.cache
def _paragraphs(seed: int) -> tuple[str, ...]:
    """Return ready paragraphs, so that the farm's own work stays small beside the client's.

    Every fourth word is ``OWN``, in whose place each entry puts a word of its own:
    else all entries would be copies of each other in part.
    """
    pick, words = random.Random(f"{seed} text"), vocabulary(seed)

    def prose() -> str:
        said = pick.choices(words, k=60)
        said[1::4] = [OWN] * len(said[1::4])
        return " ".join(said).capitalize()

    return tuple(
        f"<p>{prose()}, <em>{pick.choice(words)}</em> "
        f'<a href="https://farm.example/about/{number}">{pick.choice(words)}</a>.</p>'
        for number in range(2000)
    )


def _item(plan: Plan, number: int, serial: int, url: str) -> Item:
    pick = random.Random(f"{plan.seed} {number} {serial}")
    title = " ".join(pick.choices(vocabulary(plan.seed), k=8)).capitalize()
    parts: list[str] = []
    size = 0
    while size < plan.size:
        parts.append(pick.choice(_paragraphs(plan.seed)))
        size += len(parts[-1])
    return Item(
        link=f"{url}/story/{number}/{serial}",
        title=title,
        html="\n".join(parts).replace(OWN, f"{title.split()[0].lower()}{number}x{serial}"),
        author=pick.choice(NAMES),
        section=pick.choice(SECTIONS),
        date=START + timedelta(minutes=serial * 7 + number % 7),
    )


def _items(plan: Plan, number: int, changes: int, url: str) -> Iterator[Item]:
    newest = plan.entries + changes * replaced(plan)
    return (_item(plan, number, serial, url) for serial in range(newest, newest - plan.entries, -1))


def _rss(title: str, url: str, items: Iterator[Item]) -> str:
    body = "".join(
        f"<item><title>{i.title}</title><link>{i.link}</link><guid>{i.link}</guid>"
        f"<dc:creator>{i.author}</dc:creator><category>{i.section}</category>"
        f"<pubDate>{format_datetime(i.date)}</pubDate>"
        f"<description>{escape(i.html[:200].partition('<a')[0] + '</p>')}</description>"
        f"<content:encoded><![CDATA[{i.html}]]></content:encoded></item>\n"
        for i in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title><link>{url}/</link><description>{title}</description>\n"
        f"{body}</channel></rss>\n"
    )


def _atom(title: str, url: str, items: Iterator[Item]) -> str:
    rows = [
        f'<entry><title>{i.title}</title><link href="{i.link}"/><id>{i.link}</id>'
        f"<author><name>{i.author}</name></author><category term='{i.section}'/>"
        f"<published>{i.date.isoformat()}</published><updated>{i.date.isoformat()}</updated>"
        f'<content type="html">{escape(i.html)}</content></entry>\n'
        for i in items
    ]
    updated = rows[0].partition("<updated>")[2].partition("<")[0] if rows else START.isoformat()
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f'<title>{title}</title><id>{url}/</id><link href="{url}/"/>'
        f"<updated>{updated}</updated>\n{''.join(rows)}</feed>\n"
    )


def _rdf(title: str, url: str, items: Iterator[Item]) -> str:
    listed, rows = [], []
    for i in items:
        listed.append(f'<rdf:li rdf:resource="{i.link}"/>')
        rows.append(
            f'<item rdf:about="{i.link}"><title>{i.title}</title><link>{i.link}</link>'
            f"<dc:creator>{i.author}</dc:creator><dc:subject>{i.section}</dc:subject>"
            f"<dc:date>{i.date.isoformat()}</dc:date>"
            f"<content:encoded><![CDATA[{i.html}]]></content:encoded></item>\n"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f'<channel rdf:about="{url}/"><title>{title}</title><link>{url}/</link>'
        f"<description>{title}</description><items><rdf:Seq>{''.join(listed)}</rdf:Seq></items>"
        f"</channel>\n{''.join(rows)}</rdf:RDF>\n"
    )


def _json(title: str, url: str, items: Iterator[Item]) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": f"{url}/",
        "items": [
            {
                "id": i.link,
                "url": i.link,
                "title": i.title,
                "content_html": i.html,
                "authors": [{"name": i.author}],
                "tags": [i.section],
                "date_published": i.date.isoformat(),
            }
            for i in items
        ],
    }
    return json.dumps(feed)


RENDER = {"rss": _rss, "atom": _atom, "rdf": _rdf, "json": _json}


def render(plan: Plan, number: int, changes: int, url: str) -> bytes:
    """Return the bytes of feed ``number`` after so many changes, served from ``url``."""
    items = _items(plan, number, changes, url)
    return RENDER[kind(number)](f"Farm feed {number}", url, items).encode()


class Farm:
    """The farm's server; see the head of this file for its addresses."""

    def __init__(self, plan: Plan) -> None:
        """Grow nothing yet."""
        self.plan = plan
        self.url = ""
        self.generation = 0
        self._counts: Counter[str] = Counter()

    def app(self) -> web.Application:
        """Return the application that serves the farm."""
        app = web.Application()
        app.router.add_get(r"/feed/{number:\d+}", self._feed)
        app.router.add_get("/feeds", self._feeds)
        app.router.add_get("/generation", self._state)
        app.router.add_get(r"/generation/{to:\d+}", self._state)
        app.router.add_get("/counts", self._count)
        return app

    async def _feeds(self, _: web.Request) -> web.Response:
        lines = (f"{self.url}/feed/{n}\t{kind(n)}\n" for n in range(self.plan.feeds))
        return web.Response(text="".join(lines))

    async def _state(self, request: web.Request) -> web.Response:
        plan = self.plan
        if "to" in request.match_info:
            self.generation = int(request.match_info["to"])
        changed = sum(
            _share(plan, n, plan.changed_feeds, f"step {self.generation}")
            for n in range(plan.feeds if self.generation else 0)
        )
        return web.json_response(
            {
                "generation": self.generation,
                "changed_feeds": changed,
                "changed_entries": changed * min(replaced(plan), plan.entries),
            }
        )

    async def _count(self, _: web.Request) -> web.Response:
        counts, self._counts = self._counts, Counter()
        return web.json_response(counts)

    async def _feed(self, request: web.Request) -> web.Response:
        plan, number = self.plan, int(request.match_info["number"])
        if number >= plan.feeds:
            raise web.HTTPNotFound
        if _share(plan, number, plan.slow, "slow"):
            await asyncio.sleep(plan.delay)
        response = (
            self._fail(number)
            if _share(plan, number, plan.failing, "failing")
            else self._answer(request, number)
        )
        self._counts[str(response.status)] += 1
        self._counts["bytes"] += len(response.body) if isinstance(response.body, bytes) else 0
        return response

    def _answer(self, request: web.Request, number: int) -> web.Response:
        changes = steps(self.plan, number, self.generation)
        modified = format_datetime(START + timedelta(days=changes), usegmt=True)
        coded = self.plan.gzip and "gzip" in request.headers.get("Accept-Encoding", "")
        name = f'"{self.plan.seed}-{number}-{changes}{"-gz" if coded else ""}"'
        headers = {"ETag": name, "Last-Modified": modified}
        asked = request.headers.get("If-None-Match")
        known = asked == name if asked else request.headers.get("If-Modified-Since") == modified
        if known:
            return web.Response(status=304, headers=headers)
        body = render(self.plan, number, changes, self.url)
        if coded:
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            body = gzip.compress(body, 1, mtime=0)
        headers["Content-Type"] = MEDIA[kind(number)]
        return web.Response(body=body, headers=headers)

    def _fail(self, number: int) -> web.Response:
        match number % 4:
            case 0:
                return web.Response(status=500, text="out of order")
            case 1:
                return web.Response(status=404, text="gone fishing")
            case 2:
                body = render(self.plan, number, 0, self.url)
                return web.Response(body=body[: len(body) // 2], content_type=MEDIA[kind(number)])
            case _:
                page = "<!DOCTYPE html><html><body><h1>Be back soon</h1></body></html>"
                return web.Response(text=page, content_type="text/html")


def _plan() -> tuple[Plan, argparse.Namespace]:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--entries", type=int, default=20, help="in each feed")
    parser.add_argument("--size", type=int, default=3000, help="bytes of HTML in an entry")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--changed-feeds", type=float, default=1.0)
    parser.add_argument("--changed-entries", type=float, default=0.05)
    parser.add_argument("--slow", type=float, default=0.0)
    parser.add_argument("--failing", type=float, default=0.0)
    parser.add_argument("--delay", type=float, default=5.0, help="seconds a slow member waits")
    parser.add_argument("--no-gzip", dest="gzip", action="store_false")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--stdin", action="store_true", help="end when standard input closes")
    options = parser.parse_args()
    return Plan(**{name: getattr(options, name) for name in Plan._fields}), options


async def main() -> None:
    """Serve until told to stop."""
    plan, options = _plan()
    farm = Farm(plan)
    runner = web.AppRunner(farm.app(), access_log=None, handle_signals=True)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", options.port, backlog=1024)
    await site.start()
    farm.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    print(json.dumps({"url": farm.url, **plan._asdict()}), flush=True)
    try:
        if options.stdin:
            await asyncio.to_thread(sys.stdin.read)
        else:
            await asyncio.Event().wait()
    except web.GracefulExit:
        pass
    finally:
        await runner.cleanup()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except (KeyboardInterrupt, web.GracefulExit):
        sys.exit(0)
