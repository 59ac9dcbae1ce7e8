"""``config/`` → frozen settings, or every fault in it at once."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from syndicator.errors import Problem, SettingsError
from syndicator.model.desk import Desk, Settings
from syndicator.model.ids import LicenseId, SourceId, TopicId
from syndicator.model.license import License
from syndicator.model.source import Source
from syndicator.model.topic import Topic
from syndicator.settings import checks
from syndicator.settings.words import problems_of, suggest
from syndicator.settings.yamltext import Builder, Page, Place, read_page

Model = TypeVar("Model", bound=BaseModel)
DESK, SOURCES, LICENSES, TOPICS = "syndicator", "sources", "licenses", "topics"


def load(config_dir: Path, environ: Mapping[str, str]) -> Settings:
    """Read and check a configuration folder.

    ``environ`` fills ``${NAME}``. Relative ``data`` and ``feeds`` start at the
    folder that holds ``config_dir``, relative ``file:`` sources at
    ``config_dir``; both are absolute in the result.

    Raises:
        SettingsError: with every problem of every file, in file order.
    """
    config = config_dir.absolute()
    if not config.is_dir():
        raise SettingsError([Problem(str(config_dir), 0, 0, "", "is not a folder")])
    return _Loader(config, environ).settings()


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
    """The entries of one kind, from all its files; ``whole`` if every file could be read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.entries: dict[str, tuple[Place, object]] = {}
        self.files: list[str] = []
        self.problems: list[Problem] = []
        self.whole = True

    @property
    def ids(self) -> list[str] | None:
        return list(self.entries) if self.whole else None

    def read(self, config: Path, environ: Mapping[str, str]) -> None:
        for path, file in section_files(config, self.name):
            self.files.append(file)
            page = read_page(path, file)
            if isinstance(page, Page):
                self._take(page, Builder(environ))
            elif self.name != DESK or page.line or path.exists() or path.is_symlink():
                self.whole = False
                self.problems.append(page)

    def _take(self, page: Page, builder: Builder) -> None:
        for place in self._places(page):
            name = str(place.path[-1])
            value = builder.build(place)
            if name in self.entries:
                before, _ = self.entries[name]
                where = f"{before.file}:{before.mark.start_mark.line + 1}"
                self.problems.append(place.problem(f"is already in {where}"))
            else:
                self.entries[name] = (place, value)
        self.problems += builder.problems

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


def _is_null(node: Node) -> bool:
    return isinstance(node, ScalarNode) and str(node.tag) == "tag:yaml.org,2002:null"


class _Loader:
    def __init__(self, config: Path, environ: Mapping[str, str]) -> None:
        self.config = config
        self.problems: list[Problem] = []
        self.sections = {name: _Section(name) for name in (DESK, SOURCES, LICENSES, TOPICS)}
        for section in self.sections.values():
            section.read(config, environ)

    def settings(self) -> Settings:
        desk = self._desk()
        sources = self._entries(SOURCES, Source)
        licenses = self._entries(LICENSES, License)
        topics = self._entries(TOPICS, Topic)
        self._cross_check()
        problems = self._ordered()
        if problems or desk is None:
            raise SettingsError(problems)
        root = self.config.parent
        return Settings(
            root=root,
            config=self.config,
            desk=desk.model_copy(update={"data": root / desk.data, "feeds": root / desk.feeds}),
            sources={SourceId(key): self._resolved(one) for key, one in sources.items()},
            licenses={LicenseId(key): one for key, one in licenses.items()},
            topics={TopicId(key): one for key, one in topics.items()},
        )

    def _resolved(self, source: Source) -> Source:
        return source.model_copy(update={"url": checks.file_url(source.url, self.config)})

    def _desk(self) -> Desk | None:
        section = self.sections[DESK]
        values = {name: value for name, (_, value) in section.entries.items()}
        try:
            return Desk.model_validate(values)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                at, _ = section.entries[str(one["loc"][0])]
                section.problems += problems_of([one], Desk, at, skip=1)
        return None

    def _entries(self, name: str, model: type[Model]) -> dict[str, Model]:
        section = self.sections[name]
        sound: dict[str, Model] = {}
        for key, (at, value) in section.entries.items():
            try:
                sound[key] = model.model_validate(value)
            except ValidationError as error:
                section.problems += problems_of(error.errors(include_url=False), model, at)
        return sound

    def _cross_check(self) -> None:
        sources, licenses = self.sections[SOURCES], self.sections[LICENSES]
        topics, desk = self.sections[TOPICS], self.sections[DESK]
        names = checks.Names(sources.ids, licenses.ids, topics.ids)
        for key, (at, value) in sources.entries.items():
            sources.problems += checks.check_id(key, at)
            sources.problems += checks.check_source(value, at, names)
        for at, value in licenses.entries.values():
            licenses.problems += checks.check_license(value, at)
        for key, (at, value) in topics.entries.items():
            topics.problems += checks.check_id(key, at)
            topics.problems += checks.check_topic(value, at, names)
        desk.problems += checks.check_desk(
            {name: value for name, (_, value) in desk.entries.items()},
            {name: at for name, (at, _) in desk.entries.items()},
        )
        if topics.whole and not topics.entries:
            said = "defines no topic; a desk needs at least one"
            topics.problems.append(Problem(topics.files[0], 0, 0, TOPICS, said))

    def _ordered(self) -> list[Problem]:
        """Sort by file and place; of two about the same key the first found stays."""
        ordered: dict[tuple[str, int, int, str], Problem] = {}
        for section in self.sections.values():
            order = {file: index for index, file in enumerate(section.files)}
            section.problems.sort(key=lambda one: (order[one.file], one.line, one.column))
            for one in section.problems:
                ordered.setdefault((one.file, one.line, one.column, one.key), one)
        return list(ordered.values())
