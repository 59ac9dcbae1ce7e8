"""The directory of topics: what each one's last release came to, kept, and published for all."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

import msgspec

from syndicator.archive import has_archive
from syndicator.editing import EPOCH
from syndicator.model.desk import Settings
from syndicator.model.edition import Shown, Site
from syndicator.model.ids import TopicId
from syndicator.model.topic import Audience, Format
from syndicator.ports import Library
from syndicator.ports.publisher import Publisher
from syndicator.release import Released
from syndicator.render import render_site

NOTHING = Shown(entries=0, updated=EPOCH)
ROUNDS = 100
"""How often the directory is published before all files are looked at again."""


class Directory:
    """Publishes the page and the OPML of all topics, and withdraws what is no topic's."""

    def __init__(self, *, library: Library, publisher: Publisher) -> None:
        """Join the edges."""
        self._library = library
        self._publisher = publisher
        self._swept: Settings | None = None
        self._since = 0
        self._writing = asyncio.Lock()  # who read later writes later

    async def publish(self, settings: Settings, site: Site) -> tuple[str, ...]:
        """Publish it with what was kept of each topic; return the paths of what changed.

        Files that belong to no topic go when these are other settings than the last time, and
        now and then: another process may have left some.

        Raises:
            LibraryError: the store failed.
            PublishError: a file could not be written, or removed.
        """
        async with self._writing:
            notes = await self._library.notes([_name(one) for one in settings.topics])
            shown = {
                one: _shown(note) for one in settings.topics if (note := notes.get(_name(one)))
            }
            return await asyncio.to_thread(self._put, settings, site, shown)

    def _put(
        self, settings: Settings, site: Site, shown: Mapping[TopicId, Shown]
    ) -> tuple[str, ...]:
        rows = [
            (topic, one, shown.get(topic, NOTHING))
            for topic, one in settings.topics.items()
            if one.audience is Audience.PUBLIC
        ]
        changed = self._publisher.publish(render_site(rows, site))
        self._since += 1
        if self._swept is not settings or self._since > ROUNDS:
            changed += self._publisher.withdraw(lambda path: _belongs(path, settings))
            self._swept, self._since = settings, 0
        return changed


def note_of(released: Released) -> tuple[str, str]:
    """Return the note that is kept of a release for the directory, its name before it."""
    shown = Shown(entries=released.entries, updated=released.updated, newest=released.newest)
    return _name(released.topic), msgspec.json.encode(shown).decode()


def _name(topic: TopicId) -> str:
    return f"released:{topic}"


def _shown(note: str) -> Shown:
    """Read the note of a release; those of earlier desks hold the count and the date alone."""
    if note.startswith("{"):
        return msgspec.json.decode(note, type=Shown)
    entries, _, updated = note.partition(" ")
    return Shown(entries=int(entries), updated=datetime.fromisoformat(updated))


def _belongs(path: str, settings: Settings) -> bool:
    if path in {"index.html", "topics.opml"}:
        return True
    topic = settings.topics.get(TopicId(path.split("/", maxsplit=1)[0].split(".", maxsplit=1)[0]))
    if topic is None or topic.audience is not Audience.PUBLIC:
        return False
    unwanted = tuple(f".{one.value}" for one in Format if one not in topic.formats)
    return not path.endswith(unwanted) and ("/archive/" not in path or has_archive(topic))


__all__ = ["Directory"]
