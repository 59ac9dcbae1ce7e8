"""``config/`` → frozen settings, or every fault in it at once."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from syndicator.errors import Problem, SettingsError
from syndicator.model.desk import Desk, Settings
from syndicator.model.house import House
from syndicator.model.ids import LicenseId, SourceId, SubscriberId, TopicId
from syndicator.model.license import STATED, License
from syndicator.model.source import Source
from syndicator.model.subscriber import Subscriber
from syndicator.model.topic import Topic
from syndicator.settings import checks
from syndicator.settings.houses import built_in_houses
from syndicator.settings.plain import lift
from syndicator.settings.presets import ExtendsError, filled, presets, raw_presets
from syndicator.settings.words import problems_of, suggest
from syndicator.settings.yamltext import UNPLACED, Builder, Page, Place, compose, read_text

Model = TypeVar("Model", bound=BaseModel)
DESK, SOURCES, LICENSES, TOPICS = "syndicator", "sources", "licenses", "topics"
HOUSES, SUBSCRIBERS = "houses", "subscribers"
OPTIONAL = frozenset({DESK, HOUSES, SUBSCRIBERS})


def load(config_dir: Path, environ: Mapping[str, str]) -> Settings:
    """Read and check a configuration folder.

    ``environ`` fills ``${NAME}``. Relative ``data`` and ``feeds`` start at the
    folder that holds ``config_dir``, relative ``file:`` sources at
    ``config_dir``; both are absolute in the result.

    Raises:
        SettingsError: with every problem of every file, in file order.

    Sources are read at speed first, without places (see ``settings.plain``);
    those found to be at fault are read again with them.
    """
    config = _folder(config_dir)
    loader = _Loader(config, environ, leave=())
    if loader.doubtful:
        loader = _Loader(config, environ, leave=loader.doubtful)
    # Still doubtful: a file was saved in between.
    return load_carefully(config_dir, environ) if loader.doubtful else loader.settings()


def load_carefully(config_dir: Path, environ: Mapping[str, str]) -> Settings:
    """Do what :func:`load` does by ruamel alone: a millisecond a source, every place kept.

    Raises:
        SettingsError: with every problem of every file, in file order.
    """
    return _Loader(_folder(config_dir), environ, leave=None).settings()


def _folder(config_dir: Path) -> Path:
    config = config_dir.absolute()
    if not config.is_dir():
        raise SettingsError([Problem(str(config_dir), 0, 0, "", "is not a folder")])
    return config


def section_files(config: Path, name: str) -> list[tuple[Path, str]]:
    """Return the files of one section with the names problems call them by.

    ``NAME.yaml`` first, then ``NAME.d/*.yaml`` and ``*.yml`` by name. The
    first is listed even when it does not exist, unless there are others.
    """
    first = config / f"{name}.yaml"
    folder = config / f"{name}.d"
    more = sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")])
    paths = [first, *more] if first.exists() or not more else more
    return [(path, str(path.relative_to(config.parent))) for path in paths]


class _Section:
    """The entries of one kind, from all its files; ``whole`` if every file could be read.

    ``leave`` names the entries that must be read with their places; ``None``
    stands for all. ``doubtful`` are those read without one and found at fault.
    """

    def __init__(self, name: str, leave: Collection[str] | None) -> None:
        self.name = name
        self.leave = leave
        self.entries: dict[str, tuple[Place, object]] = {}
        self.files: list[str] = []
        self.problems: list[Problem] = []
        self.doubtful: set[str] = set()
        self.whole = True

    @property
    def ids(self) -> Collection[str] | None:
        return self.entries.keys() if self.whole else None

    def read(self, config: Path, environ: Mapping[str, str]) -> None:
        for path, file in section_files(config, self.name):
            self.files.append(file)
            text = read_text(path, file)
            if isinstance(text, str) and self._lift(text, file, environ):
                continue
            page = compose(text, file) if isinstance(text, str) else text
            if isinstance(page, Page):
                self._take(page, Builder(environ))
            elif self.name not in OPTIONAL or page.line or path.exists() or path.is_symlink():
                self.whole = False
                self.problems.append(page)

    def refuse(self, name: str, at: Place, found: Iterable[Problem]) -> None:
        """Note what is wrong with an entry, or that it has to be read again for its place."""
        problems = list(found)
        if problems and at is UNPLACED:
            self.doubtful.add(name)
        else:
            self.problems += problems

    def _lift(self, text: str, file: str, environ: Mapping[str, str]) -> bool:
        """Take a file's entries at speed, in its order; say whether that could be done."""
        if self.leave is None:
            return False
        lifted = lift(text, self.name, environ, self.leave)
        if lifted is None:
            return False
        found = [(at, name, UNPLACED, value) for name, (at, value) in lifted.entries.items()]
        builder = Builder(environ)
        if lifted.left:
            page = compose(lifted.rest, file)
            if not isinstance(page, Page) or not lifted.agrees(page):
                return False
            found += [
                (place.mark.start_mark.line, str(place.path[-1]), place, builder.build(place))
                for place in self._places(page)
            ]
        for _, name, place, value in sorted(found, key=lambda one: one[0]):
            self._add(name, place, value)
        self.problems += builder.problems
        return True

    def _take(self, page: Page, builder: Builder) -> None:
        for place in self._places(page):
            self._add(str(place.path[-1]), place, builder.build(place))
        self.problems += builder.problems

    def _add(self, name: str, place: Place, value: object) -> None:
        if name not in self.entries:
            self.entries[name] = (place, value)
            return
        before, _ = self.entries[name]
        if before is UNPLACED:
            self.doubtful.add(name)
        where = f"{before.file}:{before.mark.start_mark.line + 1}"
        self.refuse(name, place, [place.problem(f"is already in {where}")])

    def _places(self, page: Page) -> list[Place]:
        if page.root is None or _is_null(page.root):
            return []
        top = Place(page.file, page.root, page.root, ())
        if not isinstance(page.root, MappingNode):
            self.whole = False
            self.problems.append(top.problem("must be a mapping: lines of key: value"))
            return []
        if self.name == DESK:
            return list(self._keys(top))
        places: list[Place] = []
        for place in self._keys(top):
            if place.path[-1] != self.name:
                word = suggest(str(place.path[-1]), [self.name])
                self.problems.append(place.problem(f"unknown key; {word}"))
            elif isinstance(place.node, MappingNode):
                places += self._keys(place)
            elif not _is_null(place.node):
                self.whole = False
                self.problems.append(place.problem("must be a mapping: lines of key: value"))
        return places

    def _keys(self, place: Place) -> Iterator[Place]:
        """Yield a place for each key, merged ones too; say which keys are unsound."""
        probe = Builder({})
        probe.check_keys(place)
        self.problems += probe.problems
        seen: set[str] = set()
        for name, key, value in place.pairs():
            if name not in seen:
                seen.add(name)
                yield Place(place.file, key, value, (*place.path, name))


def _extends(said: str, at: Place, known: Collection[str]) -> Problem:
    here = at.find(("extends",))
    if said.startswith("extends itself"):
        return here.problem(said)
    return here.problem(f"no licence {said!r}; {suggest(said, known)}")


def _is_null(node: Node) -> bool:
    return isinstance(node, ScalarNode) and str(node.tag) == "tag:yaml.org,2002:null"


class _Loader:
    """Reads and checks everything; ``settings`` are to be asked for when nothing is doubtful."""

    def __init__(
        self, config: Path, environ: Mapping[str, str], leave: Collection[str] | None
    ) -> None:
        self.config = config
        # Only sources come by the thousand.
        self.sections = {
            name: _Section(name, leave if name == SOURCES else None)
            for name in (DESK, SOURCES, LICENSES, TOPICS, HOUSES, SUBSCRIBERS)
        }
        for section in self.sections.values():
            section.read(config, environ)
        self._desk = self._read_desk()
        self._sources = self._entries(SOURCES, Source)
        self._licenses = self._read_licenses()
        self._topics = self._entries(TOPICS, Topic)
        self._houses = self._entries(HOUSES, House)
        self._subscribers = self._entries(SUBSCRIBERS, Subscriber)
        self._cross_check()

    @property
    def doubtful(self) -> set[str]:
        """Sources at fault that were read without their places."""
        return self.sections[SOURCES].doubtful

    def settings(self) -> Settings:
        problems = self._ordered()
        if problems or self._desk is None:
            raise SettingsError(problems)
        root, desk = self.config.parent, self._desk
        return Settings(
            root=root,
            config=self.config,
            desk=desk.model_copy(update={"data": root / desk.data, "feeds": root / desk.feeds}),
            sources={SourceId(key): self._resolved(one) for key, one in self._sources.items()},
            licenses={**presets(), **{LicenseId(key): one for key, one in self._licenses.items()}},
            topics={TopicId(key): one for key, one in self._topics.items()},
            houses=(*built_in_houses(), *self._houses.values()),
            subscribers={SubscriberId(key): one for key, one in self._subscribers.items()},
        )

    def _resolved(self, source: Source) -> Source:
        url = checks.file_url(source.url, self.config)
        return source if url == source.url else source.model_copy(update={"url": url})

    def _read_desk(self) -> Desk | None:
        section = self.sections[DESK]
        values = {name: value for name, (_, value) in section.entries.items()}
        try:
            return Desk.model_validate(values)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                at, _ = section.entries[str(one["loc"][0])]
                section.problems += problems_of([one], Desk, at, skip=1)
        return None

    def _read_licenses(self) -> dict[str, License]:
        """Fill in what licences extend, then read them; a fault of one is told at its own line."""
        section = self.sections[LICENSES]
        own = {key: value for key, (_, value) in section.entries.items()}
        known = {**raw_presets(), **own}
        sound: dict[str, License] = {}
        for key, (at, value) in section.entries.items():
            try:
                sound[key] = License.model_validate(filled(key, known.get, value))
            except ExtendsError as error:
                section.problems.append(_extends(str(error), at, known))
            except ValidationError as error:
                # What is inherited is told where it stands.
                own_faults = [
                    one
                    for one in error.errors(include_url=False)
                    if not isinstance(value, dict) or not one["loc"] or one["loc"][0] in value
                ]
                section.problems += problems_of(own_faults, License, at)
        return sound

    def _entries(self, name: str, model: type[Model]) -> dict[str, Model]:
        section = self.sections[name]
        sound: dict[str, Model] = {}
        for key, (at, value) in section.entries.items():
            try:
                sound[key] = model.model_validate(value)
            except ValidationError as error:
                if at is UNPLACED:
                    section.doubtful.add(key)
                else:
                    section.problems += problems_of(error.errors(include_url=False), model, at)
        return sound

    def _cross_check(self) -> None:
        sources, licenses = self.sections[SOURCES], self.sections[LICENSES]
        topics, desk = self.sections[TOPICS], self.sections[DESK]
        every = {*licenses.entries, *presets(), STATED} if licenses.whole else None
        names = checks.Names(sources.ids, every, topics.ids)
        for key, (at, value) in sources.entries.items():
            sources.refuse(key, at, checks.check_id(key, at))
            sources.refuse(key, at, checks.check_source(value, at, names))
        for at, value in licenses.entries.values():
            licenses.problems += checks.check_license(value, at)
        for key, (at, value) in topics.entries.items():
            topics.problems += checks.check_id(key, at)
            topics.problems += checks.check_topic(value, at, names)
        self._check_subscribers({*licenses.entries, *presets()} if licenses.whole else None)
        desk.problems += checks.check_desk(
            {name: value for name, (_, value) in desk.entries.items()},
            {name: at for name, (at, _) in desk.entries.items()},
        )
        if topics.whole and not topics.entries:
            said = "defines no topic; a desk needs at least one"
            topics.problems.append(Problem(topics.files[0], 0, 0, TOPICS, said))

    def _check_subscribers(self, licenses: Collection[str] | None) -> None:
        topics, section = self.sections[TOPICS], self.sections[SUBSCRIBERS]
        public = checks.public_topics({key: one for key, (_, one) in topics.entries.items()})
        names = checks.Names(None, licenses, topics.ids)
        for key, (at, value) in section.entries.items():
            section.problems += checks.check_id(key, at)
            section.problems += checks.check_subscriber(value, at, names, public)
        section.problems += checks.check_tokens(section.entries.values())

    def _ordered(self) -> list[Problem]:
        """Sort by file and place; of two about the same key the first found stays."""
        ordered: dict[tuple[str, int, int, str], Problem] = {}
        for section in self.sections.values():
            order = {file: index for index, file in enumerate(section.files)}
            section.problems.sort(key=lambda one: (order[one.file], one.line, one.column))
            for one in section.problems:
                ordered.setdefault((one.file, one.line, one.column, one.key), one)
        return list(ordered.values())
