import json
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from syndicator.errors import SettingsError
from syndicator.model.desk import Settings
from syndicator.settings import load

FILES = ("syndicator", "sources", "licenses", "topics")
SOUND = {
    "syndicator": "title: T\n",
    "sources": "sources:\n  a: {url: https://a.example/}\n",
    "licenses": "licenses:\n  x: {text: full}\n",
    "topics": "topics:\n  world: {title: World}\n",
}
KEYS = st.sampled_from(
    ["sources", "licenses", "topics", "world", "a", "url", "license", "match", "any", "all",
     "source", "keywords", "poll", "min", "max", "text", "credit", "expires", "window", "hours", "entries",
     "title", "listen", "redis", "fetch", "per_host", "interval", "<<"]
)  # fmt: skip
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
    st.sampled_from(["9" * 400 + "d", "5m", "{year", "{}", "{a!r}", "${X}", "http://["]),
)  # fmt: skip
TREES = st.recursive(
    LEAVES,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=4),
    max_leaves=12,
)
LIMITS = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def one_line_each(found: object) -> bool:
    """Say whether it is settings, or faults fit to show."""
    if isinstance(found, SettingsError):
        return bool(found.problems) and all("\n" not in str(one) for one in found.problems)
    return isinstance(found, Settings)


def outcome(folder: Path, name: str, data: bytes) -> object:
    for each, text in SOUND.items():
        (folder / f"{each}.yaml").write_text(text)
    (folder / f"{name}.yaml").write_bytes(data)
    try:
        return load(folder, {})
    except SettingsError as error:
        return error


@LIMITS
@given(st.sampled_from(FILES), st.text(max_size=200))
@example("sources", "sources: " + "[" * 3000)
@example("sources", "sources: " + "{a: " * 3000)
@example("sources", "sources: &a {b: *a}")
@example("sources", "sources:\n  a: &a\n    <<: *a\n")
@example("sources", 'sources:\n  "\\uD800": {url: "\\0"}\n')
@example("syndicator", "log: !!python/object:os.system x")
@example("syndicator", "%YAML 9.9\n---\na: b")
@example("syndicator", "fetch: {concurrency: " + "9" * 5000 + "}")
@example("syndicator", "? [a]\n: b\n? \n: c\n")
def test_no_text_brings_anything_but_settings_or_problems(
    tmp_path: Path, name: str, text: str
) -> None:
    found = outcome(tmp_path, name, text.encode("utf-8", "surrogatepass"))
    assert one_line_each(found)


@LIMITS
@given(st.sampled_from(FILES), TREES, st.booleans())
def test_no_tree_brings_anything_but_settings_or_problems(
    tmp_path: Path, name: str, tree: object, wrapped: bool
) -> None:
    whole = {name: {"a": tree}} if wrapped and name != "syndicator" else tree
    found = outcome(
        tmp_path, name, json.dumps(whole, ensure_ascii=False).encode("utf-8", "surrogatepass")
    )
    assert one_line_each(found)


@LIMITS
@given(st.sampled_from(FILES), st.binary(max_size=60))
def test_no_bytes_bring_anything_but_settings_or_problems(
    tmp_path: Path, name: str, data: bytes
) -> None:
    assert one_line_each(outcome(tmp_path, name, data))


def test_aliases_cannot_blow_up(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"] + [
        f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 9) + "]" for n in range(1, 12)
    ]
    nested = "fetch:\n  timeout: {" + ", ".join(lines) + "}\n"
    assert "aliases" in str(outcome(tmp_path, "syndicator", nested.encode()))
