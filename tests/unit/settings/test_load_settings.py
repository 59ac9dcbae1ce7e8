from datetime import timedelta
from pathlib import Path

import pytest

from syndicator.errors import Problem, SettingsError
from syndicator.model.clearance import Form
from syndicator.model.ids import LicenseId, SourceId, TopicId
from syndicator.settings import load

ROOT = Path(__file__).parents[3]
SOUND = {
    "sources": "sources:\n  harbour:\n    url: https://a.example/f\n    license: wire\n",
    "licenses": "licenses:\n  wire:\n    text: full\n",
    "topics": "topics:\n  world:\n    title: World\n",
}


def write(folder: Path, **files: str) -> Path:
    config = folder / "config"
    config.mkdir(exist_ok=True)
    for name, text in {**SOUND, **files}.items():
        (config / f"{name}.yaml").write_text(text, encoding="utf-8")
    return config


def faults(config: Path, **environ: str) -> list[Problem]:
    with pytest.raises(SettingsError) as caught:
        load(config, environ)
    return caught.value.problems


def only(config: Path, **environ: str) -> tuple[str, int, int, str, str]:
    (one,) = faults(config, **environ)
    return one.file, one.line, one.column, one.key, one.message


def test_the_default_desk_is_sound() -> None:
    settings = load(ROOT / "config", {})
    assert len(settings.sources) >= 9
    assert len(settings.topics) == 4
    assert all(source.license in settings.licenses for source in settings.sources.values())
    assert settings.sources[SourceId("sample")].url == (ROOT / "config/samples").as_uri()
    assert settings.desk.data == ROOT / "data"


@pytest.mark.parametrize("source", ["propublica", "the-conversation", "mongabay"])
def test_terms_against_automatic_republication_leave_the_headline(source: str) -> None:
    settings = load(ROOT / "config", {})
    license_id = settings.sources[SourceId(source)].license
    assert license_id is not None
    assert settings.licenses[license_id].text is Form.HEADLINE


def test_values_arrive(tmp_path: Path) -> None:
    topics = "topics:\n  world: {title: W, match: {any: [{section: World}]}, window: {hours: 5}}\n"
    config = write(tmp_path, topics=topics, syndicator="read: {timeout: 1m 30s}\ndata: /srv/d\n")
    settings = load(config, {})
    assert settings.topics[TopicId("world")].match.any[0].section == ("World",)
    assert settings.desk.read.timeout == timedelta(seconds=90)
    assert (settings.desk.data, settings.desk.feeds) == (Path("/srv/d"), tmp_path / "feeds")
    assert (settings.root, settings.config) == (tmp_path, config)


HARBOUR = "sources:\n  harbour:\n    url: https://a.example/f\n"
WORLD = "topics:\n  world:\n    title: World\n"


@pytest.mark.parametrize(
    ("name", "text", "line", "column", "key", "message"),
    [
        ("sources", HARBOUR + "    licence: wire\n", 4, 5, "sources.harbour.licence",
         "unknown key; did you mean license?"),
        ("sources", HARBOUR + "    license: wired\n", 4, 5, "sources.harbour.license",
         "no licence 'wired'; did you mean wire?"),
        ("sources", HARBOUR + "    license: qqq\n", 4, 5, "sources.harbour.license",
         "no licence 'qqq'; there are: cc-by-2.0, cc-by-2.5, cc-by-3.0, cc-by-4.0, cc-by-nc-4.0, cc-by-nc-nd-3.0-us, cc-by-nc-nd-4.0, cc-by-nc-sa-4.0, cc-by-nd-4.0, cc-by-sa-4.0, cc0-1.0, headline-and-link, public-domain, stated, wire"),
        ("sources", HARBOUR + "    topics: [world, wrld]\n", 4, 21, "sources.harbour.topics[1]",
         "no topic 'wrld'; did you mean world?"),
        ("sources", HARBOUR + "    topics: world\n", 4, 5, "sources.harbour.topics",
         "must be a list, as in [a, b]"),
        ("sources", HARBOUR + "    title: 2026\n", 4, 5, "sources.harbour.title",
         "must be text; put it in quotes"),
        ("sources", HARBOUR + "    paused: maybe\n", 4, 5, "sources.harbour.paused",
         "must be true or false"),
        ("sources", HARBOUR + "    poll: {min: soon}\n", 4, 12, "sources.harbour.poll.min",
         "not a duration; write a number with s, m, h or d, as in 15m or 30d"),
        ("sources", HARBOUR + "    poll: {min: 2d}\n", 4, 5, "sources.harbour.poll",
         "min is longer than max"),
        ("sources", HARBOUR + "    timezone: Europe/Olso\n", 4, 5, "sources.harbour.timezone",
         "there is no time zone 'Europe/Olso'; write an IANA name such as Europe/Oslo"),
        ("sources", HARBOUR + "    timezone: ../etc/passwd\n", 4, 5, "sources.harbour.timezone",
         "there is no time zone '../etc/passwd'; write an IANA name such as Europe/Oslo"),
        ("sources", HARBOUR + "    timezone: Europe\n", 4, 5, "sources.harbour.timezone",
         "there is no time zone 'Europe'; write an IANA name such as Europe/Oslo"),
        ("sources", HARBOUR + "    url: https://b.example/\n", 4, 5, "sources.harbour.url",
         "is written twice; first on line 3"),
        ("sources", HARBOUR + "    section:\n", 4, 5, "sources.harbour.section", None),
        ("sources", "sources:\n  harbour: {title: H}\n", 2, 3, "sources.harbour.url",
         "is missing; harbour needs it"),
        ("sources", "sources:\n  harbour: 5\n", 2, 3, "sources.harbour",
         "must be a mapping: lines of key: value"),
        ("sources", "sources:\n  Harbour: {url: 'https://a.example/'}\n", 2, 3, "sources.Harbour",
         "an id is 1 to 64 of a-z, 0-9 and -, and does not start with -"),
        ("sources", "sources:\n  harbour: {url: ftp://a.example/}\n", 2, 13, "sources.harbour.url",
         "must be an http://, https:// or file: address without spaces"),
        ("sources", "source:\n", 1, 1, "source", "unknown key; did you mean sources?"),
        ("sources", "- a\n", 1, 1, "", "must be a mapping: lines of key: value"),
        ("sources", "sources:\n\tharbour: x\n", 2, 1, "",
         "is not YAML: a tab cannot indent; use spaces"),
        ("sources", "sources:\n  a\x00b: 1\n", 2, 4, "", "holds the control character U+0000"),
        ("licenses", "licenses:\n  wire: {text: ful}\n", 2, 10, "licenses.wire.text",
         "must be full, excerpt, headline or nothing; did you mean full?"),
        ("licenses", 'licenses:\n  wire:\n    credit: "{yaer}"\n', 3, 5, "licenses.wire.credit",
         "no name {yaer}; did you mean year?"),
        ("licenses", 'licenses:\n  wire:\n    credit: "{year"\n', 3, 5, "licenses.wire.credit",
         "has an unmatched brace; write {{ or }} for a brace itself"),
        ("licenses", "licenses:\n  wire:\n    excerpt_words: 0\n", 3, 5,
         "licenses.wire.excerpt_words", "must be at least 1"),
        ("topics", WORLD + "    match:\n      any:\n        - keyword: Kremlin\n", 6, 11,
         "topics.world.match.any[0].keyword", "unknown key; did you mean keywords?"),
        ("topics", WORLD + "    match: {any: [{source: [harbor]}]}\n", 4, 29,
         "topics.world.match.any[0].source[0]", "no source 'harbor'; did you mean harbour?"),
        ("topics", WORLD + "    window: {hours: 1.5}\n", 4, 14, "topics.world.window.hours",
         "must be a whole number"),
        ("topics", "topics: {}\n", 0, 0, "topics", "defines no topic; a desk needs at least one"),
        ("syndicator", "fetch:\n  concurency: 3\n", 2, 3, "fetch.concurency",
         "unknown key; did you mean concurrency?"),
        ("syndicator", "fetch: {allow_private: [home]}\n", 1, 25, "fetch.allow_private[0]",
         "must be a network, as in 127.0.0.0/8"),
        ("syndicator", "listen: localhost\n", 1, 1, "listen",
         "must be host:port, as in 127.0.0.1:8080"),
        ("syndicator", "listen: localhost:99999\n", 1, 1, "listen", "a port is at most 65535"),
        ("syndicator", "public_url: desk.example\n", 1, 1, "public_url",
         "must be an http:// or https:// address without spaces"),
        ("syndicator", "public_url: https://desk.example/?a=1\n", 1, 1, "public_url",
         "must end after the host or a path: no ?, no #, no user"),
        ("syndicator", "public_url: https://me:word@desk.example/\n", 1, 1, "public_url",
         "must end after the host or a path: no ?, no #, no user"),
        ("syndicator", "public_url: https:///desk\n", 1, 1, "public_url", "names no host"),
        ("syndicator", "hub: mine\n", 1, 1, "hub",
         "must be own, off, or a list of hubs, as in [https://hub.example/]"),
        ("syndicator", "hub: []\n", 1, 1, "hub",
         "must be own, off, or a list of hubs, as in [https://hub.example/]"),
        ("syndicator", "hub: [hub.example]\n", 1, 1, "hub",
         "'hub.example' is no http:// or https:// address of a hub"),
        ("syndicator", "hub: ['https://hub.example/>']\n", 1, 1, "hub",
         "'https://hub.example/>' is no http:// or https:// address of a hub"),
        ("syndicator", "hub: ['https://me:word@hub.example/']\n", 1, 1, "hub",
         "'hub.example': a hub has a host, no user, no #"),
        ("syndicator", "public_url: https://desk.example:99999/\n", 1, 1, "public_url",
         "is no usable address (Port out of range 0-65535)"),
        ("syndicator", "redis: {url: http://x}\n", 1, 9, "redis.url",
         "must be a redis://, rediss:// or unix:// address"),
    ],
)  # fmt: skip
def test_a_fault_names_its_place(
    tmp_path: Path, name: str, text: str, line: int, column: int, key: str, message: str | None
) -> None:
    config = write(tmp_path, **{name: text})
    if message is None:  # an optional key left empty says nothing and asks nothing
        load(config, {})
        return
    assert only(config) == (f"config/{name}.yaml", line, column, key, message)


def test_all_faults_of_all_files_are_named_at_once(tmp_path: Path) -> None:
    config = write(
        tmp_path,
        topics="topics:\n  world: {titel: World}\n",
        sources=HARBOUR + "    licence: x\n    license: wirre\n",
        syndicator="titel: x\nlog: loud\n",
    )
    assert [(one.file, one.line, one.key) for one in faults(config)] == [
        ("config/syndicator.yaml", 1, "titel"),
        ("config/syndicator.yaml", 2, "log"),
        ("config/sources.yaml", 4, "sources.harbour.licence"),
        ("config/sources.yaml", 5, "sources.harbour.license"),
        ("config/topics.yaml", 2, "topics.world.title"),
        ("config/topics.yaml", 2, "topics.world.titel"),
    ]


def test_an_unreadable_file_brings_no_false_references(tmp_path: Path) -> None:
    config = write(tmp_path, licenses="licenses: [\n")
    (one,) = faults(config)
    assert one.file == "config/licenses.yaml"
    (config / "licenses.yaml").unlink()
    assert only(config) == ("config/licenses.yaml", 0, 0, "", "is missing")
    (config / "licenses.yaml").mkdir()
    assert "cannot be read" in only(config)[4]


def test_not_utf8(tmp_path: Path) -> None:
    config = write(tmp_path)
    (config / "topics.yaml").write_bytes(b"topics:\n  caf\xe9: x\n")
    assert only(config)[:3] == ("config/topics.yaml", 2, 6)


def test_no_sources_are_allowed(tmp_path: Path) -> None:
    assert load(write(tmp_path, sources=""), {}).sources == {}


def test_names_from_the_environment(tmp_path: Path) -> None:
    config = write(tmp_path, syndicator="title: $${X} ${DESK} $5\nfetch:\n  concurrency: ${N}\n")
    desk = load(config, {"DESK": "Alder", "N": "7"}).desk
    assert (desk.title, desk.fetch.concurrency) == ("${X} Alder $5", 7)
    assert only(config, N="7") == (
        "config/syndicator.yaml", 1, 1, "title", "environment variable DESK is not set",
    )  # fmt: skip


def test_a_secret_is_never_repeated(tmp_path: Path) -> None:
    config = write(tmp_path, syndicator="redis: {url: '${PASS}'}\nlisten: ${PASS}\n")
    assert "hunter2" not in "".join(map(str, faults(config, PASS="hunter2")))


def test_files_may_be_split(tmp_path: Path) -> None:
    config = write(tmp_path)
    (config / "sources.d").mkdir()
    more = config / "sources.d/more.yaml"
    more.write_text("sources:\n  second: {url: 'https://b.example/'}\n")
    assert list(load(config, {}).sources) == ["harbour", "second"]
    more.write_text("sources:\n  harbour: {url: 'https://b.example/'}\n")
    assert only(config) == (
        "config/sources.d/more.yaml", 2, 3, "sources.harbour",
        "is already in config/sources.yaml:2",
    )  # fmt: skip


def test_anchors_and_merged_keys(tmp_path: Path) -> None:
    licenses = (
        "licenses:\n  a: &a {text: full, images: all}\n  wire:\n    <<: *a\n    images: none\n"
    )
    wire = load(write(tmp_path, licenses=licenses), {}).licenses[LicenseId("wire")]
    assert (wire.text, wire.images) == ("full", "none")


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("file:samples", "/config/samples"),
        ("file:../x%20y/f.xml", "/config/../x%20y/f.xml"),
    ],
)
def test_relative_files_start_at_the_configuration(tmp_path: Path, written: str, made: str) -> None:
    config = write(tmp_path, sources=f"sources:\n  s: {{url: '{written}'}}\n")
    assert load(config, {}).sources[SourceId("s")].url == tmp_path.as_uri() + made


def test_no_such_folder(tmp_path: Path) -> None:
    assert "not a folder" in only(tmp_path / "nowhere")[4]
