"""What no single model can see: references between files, addresses, credit templates.

Checks read the raw values, so an entry with one fault is still checked for
others. Each yields problems in no order.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from string import Formatter
from urllib.parse import unquote, urlsplit

from syndicator.errors import Problem
from syndicator.settings.words import suggest
from syndicator.settings.yamltext import Place

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
CREDIT_NAMES = (
    "year", "holder", "site", "distributor", "source", "authors", "headline", "link", "license",
)  # fmt: skip
TEMPLATES = {
    "credit": CREDIT_NAMES,
    "byline": ("authors", "organization", "role", "location"),
    "pixel": ("link", "guid", "headline"),
}
_REDIS = ("redis://", "rediss://", "unix://")
MAX_PORT = 65535


class Names:
    """The ids that exist; ``None`` where a file could not be read, so nothing is said of them."""

    def __init__(
        self,
        sources: Collection[str] | None,
        licenses: Collection[str] | None,
        topics: Collection[str] | None,
    ) -> None:
        self.sources = sources
        self.licenses = licenses
        self.topics = topics


def check_id(name: str, at: Place) -> Iterator[Problem]:
    """Ids stand in addresses and file names."""
    if not ID.fullmatch(name):
        yield at.problem("an id is 1 to 64 of a-z, 0-9 and -, and does not start with -")


def check_source(value: object, at: Place, names: Names) -> Iterator[Problem]:
    """Licence and topics must exist; the address must be one."""
    fields = value if isinstance(value, dict) else {}
    yield from _known(fields.get("license"), at.find(("license",)), "licence", names.licenses)
    topics = fields.get("topics")
    for index, topic in enumerate(topics if isinstance(topics, list) else ()):
        yield from _known(topic, at.find(("topics", index)), "topic", names.topics)
    url = fields.get("url")
    if isinstance(url, str):
        yield from _check_url(url, at.find(("url",)))


def _known(value: object, at: Place, what: str, valid: Collection[str] | None) -> Iterator[Problem]:
    if isinstance(value, str) and valid is not None and value not in valid:
        yield at.problem(f"no {what} {value!r}; {suggest(value, valid)}")


def _check_url(url: str, at: Place) -> Iterator[Problem]:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        yield at.problem("is not an address a browser would open")
        return
    if parts.scheme in {"http", "https"} and not parts.hostname:
        yield at.problem("names no host")
    if url.startswith("file:") and (parts.netloc not in {"", "localhost"} or not _path(url)):
        yield at.problem("must be file: and a path, as in file:samples or file:///srv/feeds")


def _path(url: str) -> str:
    rest = url.removeprefix("file:")
    rest = rest.removeprefix("//localhost") if rest.startswith("//localhost/") else rest
    path = unquote(rest.removeprefix("//"))
    return "" if "\0" in path else path


def file_url(url: str, config: Path) -> str:
    """Make a ``file:`` address absolute; relative ones start at the folder ``config``.

    Other addresses are returned as they are.
    """
    if not url.startswith("file:"):
        return url
    trailing = "/" if url.endswith("/") else ""
    return (config / _path(url)).as_uri().rstrip("/") + trailing


def check_license(value: object, at: Place) -> Iterator[Problem]:
    """Templates may use only names the desk can fill; a pixel is an https address."""
    fields = value if isinstance(value, dict) else {}
    for key, names in TEMPLATES.items():
        template = fields.get(key)
        if isinstance(template, str):
            yield from _check_template(template, at.find((key,)), names)
    pixel = fields.get("pixel")
    if isinstance(pixel, str) and not pixel.startswith("https://"):
        yield at.find(("pixel",)).problem("must be an https:// address")


def _check_template(template: str, here: Place, names: Collection[str]) -> Iterator[Problem]:
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        yield here.problem("has an unmatched brace; write {{ or }} for a brace itself")
        return
    for _, name, spec, conversion in parts:
        if name is None:
            continue
        if name not in names:
            yield here.problem(f"no name {{{name}}}; {suggest(name, names)}")
        elif spec or conversion:
            yield here.problem(f"write {{{name}}} alone, without : or !")


def check_topic(value: object, at: Place, names: Names) -> Iterator[Problem]:
    """Sources named in conditions must exist."""
    match = value.get("match") if isinstance(value, dict) else None
    for word in ("any", "all", "none"):
        conditions = match.get(word) if isinstance(match, dict) else None
        for index, one in enumerate(conditions if isinstance(conditions, list) else ()):
            wanted = one.get("source") if isinstance(one, dict) else None
            for place, source in enumerate(wanted if isinstance(wanted, list) else [wanted]):
                here = at.find(("match", word, index, "source", place))
                yield from _known(source, here, "source", names.sources)


def public_topics(topics: Mapping[str, object]) -> set[str]:
    """Return those that anyone may read."""
    return {
        name
        for name, value in topics.items()
        if not isinstance(value, dict) or value.get("audience", "public") == "public"
    }


def check_subscriber(
    value: object, at: Place, names: Names, public: Collection[str]
) -> Iterator[Problem]:
    """Topics and licences must exist; a topic for all is no subscriber's."""
    fields = value if isinstance(value, dict) else {}
    for topic, here in _listed(fields, "topics", at):
        yield from _known(topic, here, "topic", names.topics)
        if topic in public:
            said = "is for everyone; a subscriber reads topics with audience: subscribers"
            yield here.problem(f"{topic} {said}")
    for one, here in _listed(fields, "licenses", at):
        yield from _known(one, here, "licence", names.licenses)


def _listed(fields: Mapping[str, object], key: str, at: Place) -> Iterator[tuple[str, Place]]:
    """Yield the words of a list, or the one word that stands for a list of one."""
    value = fields.get(key)
    for index, one in enumerate(value if isinstance(value, list) else [value]):
        if isinstance(one, str):
            yield one, at.find((key, index))


def check_tokens(entries: Iterable[tuple[Place, object]]) -> Iterator[Problem]:
    """A token names one subscriber."""
    owners: dict[str, str] = {}
    for at, value in entries:
        token = value.get("token") if isinstance(value, dict) else None
        if isinstance(token, str):
            owner = owners.setdefault(token.strip().lower(), str(at.path[-1]))
            if owner != at.path[-1]:
                yield at.find(("token",)).problem(
                    f"is that of {owner}; `syndicator subscribers add` makes one for each"
                )


def check_desk(values: Mapping[str, object], places: Mapping[str, Place]) -> Iterator[Problem]:
    """The port must be one; the store's address must be of a kind we speak."""
    listen = values.get("listen")
    port = listen.rpartition(":")[2] if isinstance(listen, str) else ""
    if re.fullmatch(r"[0-9]{5}", port) and int(port) > MAX_PORT:
        yield places["listen"].problem(f"a port is at most {MAX_PORT}")
    redis = values.get("redis")
    url = redis.get("url") if isinstance(redis, dict) else None
    if isinstance(url, str) and not url.startswith(_REDIS):
        at = places["redis"].find(("url",))
        yield at.problem("must be a redis://, rediss:// or unix:// address")
