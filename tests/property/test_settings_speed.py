"""What is read at speed is what ruamel alone reads: the same values, the same faults."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ruamel.yaml.nodes import MappingNode

from syndicator.errors import SettingsError
from syndicator.settings.load import load, load_carefully
from syndicator.settings.plain import lift
from syndicator.settings.yamltext import Builder, Page, Place, compose

ENVIRON = {"X": "filled", "N": "7"}
SOUND = {
    "licenses": "licenses:\n  wire: {text: full}\n",
    "topics": "topics:\n  world: {title: World, match: {any: [{source: [a]}]}}\n",
}
LIMITS = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PLAIN_WORDS = st.sampled_from(
    ["https://a.example/f?q=1&r=2#top", "'https://b.example/it'", '"x"', "wire", "News & Ideas, all",
     "Zürich", "[world, wire]", "{min: 5m, max: 12h}", "true", "17", "${X}", "it's a:b", "2026-01-01"]
)  # fmt: skip
ODD_WORDS = st.one_of(
    st.sampled_from(
        """https://a.example/f?q=1&r=2#top ¦ 'https://b.example/it' ¦ "x" ¦ wire ¦ world ¦ News & Ideas
        it's ¦ a: b ¦ a #c ¦ a#c ¦ a:b ¦ :a ¦ a: ¦ 1 ¦ 0x1f ¦ 0o7 ¦ 1_0 ¦ 1e3 ¦ .5 ¦ -1 ¦ +1 ¦ true ¦ True
        yes ¦ null ¦ ~ ¦ = ¦ << ¦ 2026-01-01 ¦ 2026-01-01 10:00:00 ¦ 1:30 ¦ ${X} ¦ ${N} ¦ $${X} ¦ ${Y} ¦ $5
        ${ ¦ '' ¦ "" ¦ 'it''s' ¦ "a\\n" ¦ "é" ¦ Zürich ¦ 日本 ¦ ٣ ¦ [a, b] ¦ [ world , wire ] ¦ [] ¦ [a,b]
        [a, ] ¦ [a ¦ [a: b] ¦ [a, [b]] ¦ ['a', "b"] ¦ [true, 1, ~] ¦ {min: 5m, max: 12h} ¦ {min: 5m} ¦ {}
        { min: '5m' } ¦ {min:5m} ¦ {min} ¦ {min: } ¦ {min: 1m, min: 2m} ¦ {{a: b}: c} ¦ {url: a,b}
        {url: https://a.example/, license: wire, topics: [world]} ¦ {url: x} ¦ *x ¦ &x y ¦ !t x ¦ !!str 5
        | ¦ |+ ¦ >- ¦ |2 ¦ - a ¦ - ¦ --- ¦ ... ¦ % ¦ @a ¦ `a ¦ " ¦ ' ¦ "a ¦ 'a ¦ a\tb ¦ "a\tb" ¦ a  b ¦ a ?b
        ? ¦ a,b ¦ a, b ¦ a]b ¦ 5m ¦ 7d ¦ é: è ¦ a b:c d ¦ . ¦ / ¦ /a ¦ http://[ ¦ maybe
        """.strip().replace("\n        ", " ¦ ").split(" ¦ ")
    ),
    st.text("ab1 :#,[]{}'\"-?&*!|>%@`$~<=.\\é\t", max_size=8),
)  # fmt: skip
WORDS = st.one_of(PLAIN_WORDS, PLAIN_WORDS, PLAIN_WORDS, PLAIN_WORDS, ODD_WORDS)
KEYS = st.sampled_from(
    ["url", "license", "topics", "title", "poll", "paused", "section", "language", "publisher"] * 4
    + ["min", "max", "lisense", "<<", '"url"', "url ", "? url", "&x title", "- a", "Title", "1"]
)
NAMES = st.one_of(
    st.from_regex(r"[a-z][0-9]{1,2}", fullmatch=True),
    st.from_regex(r"[a-z][0-9]{1,2}", fullmatch=True),
    st.sampled_from(
        ["a", "b", "c", "1", "true", "null", "A", "a-b", "-a", '"a"', "'b'", "<<", "&x a", "? a",
         "a ", "é", "a b", "- a", "x" * 70]
    ),
)  # fmt: skip
ENDS = st.sampled_from([""] * 30 + [" ", "  # said", " #", "#", "\t", "\r", "\x85", "\u2028"])
GAPS = st.sampled_from(
    [""] * 20 + ["\n", "# said\n", "      # said\n", "  \n", "\t\n", "\r\n", "---\n"]
)
SPACES = st.sampled_from([" "] * 20 + ["  ", "", "\t"])


@st.composite
def pairs(draw: st.DrawFn, indent: int) -> str:
    text = " " * indent + draw(KEYS) + ":"
    shape = draw(st.integers(0, 15))
    if shape == 0:
        deeper = indent + draw(st.sampled_from([2, 2, 2, 0, -1, 1]))
        items = draw(st.lists(WORDS, max_size=3))
        return text + "".join(f"\n{' ' * deeper}- {item}" for item in items) + draw(ENDS) + "\n"
    if shape == 1:
        return (
            text + draw(ENDS) + "\n" + draw(pairs(indent + draw(st.sampled_from([2, 2, 2, 1, 0]))))
        )
    return text + draw(SPACES) + draw(WORDS) + draw(ENDS) + "\n" + draw(GAPS)


@st.composite
def entries(draw: st.DrawFn) -> str:
    indent = draw(st.sampled_from([2] * 30 + [1, 3, 0]))
    text = " " * indent + draw(NAMES) + ":"
    if draw(st.integers(0, 2)) == 0:
        return text + draw(SPACES) + draw(WORDS) + draw(ENDS) + "\n" + draw(GAPS)
    deeper = draw(st.sampled_from([4] * 10 + [6, 2]))
    url = " " * deeper + "url: https://a.example/\n" if draw(st.booleans()) else ""
    return text + draw(ENDS) + "\n" + url + "".join(draw(st.lists(pairs(deeper), max_size=4)))


HEADS = st.sampled_from(
    ["sources:\n"] * 20
    + ["# said\n\nsources: # said\n", "---\nsources:\n", "sources:\n\n", "sources: &x\n", ""]
    + ["%YAML 1.1\n---\nsources:\n", "other:\n  a: b\nsources:\n", "---\n---\nsources:\n"]
)
WILD = st.builds(lambda head, some: head + "".join(some), HEADS, st.lists(entries(), max_size=6))
FRAGMENTS = st.one_of(
    st.sampled_from(["\n", "  ", '"', "'", "#", ": ", "{", "}", "[", "]", ",", "- ", "&x ", "*x", "|", "\r"]),
    ODD_WORDS,
    entries(),
    pairs(4),
)  # fmt: skip
FIELDS = {
    "license": st.just("wire"),
    "topics": st.sampled_from(["[world]", "\n      - world", "\n    - world", "[]"]),
    "poll": st.sampled_from(["{min: 5m, max: 12h}", "\n      min: 5m", "{min: '5m'}"]),
    "title": PLAIN_WORDS,
    "paused": st.sampled_from(["true", "false", "True"]),
    "section": st.sampled_from(["World", "'World'", "", "~ # none"]),
}


@st.composite
def sound_texts(draw: st.DrawFn) -> str:
    """Return a text as an operator would write it, some entries in braces."""
    text = draw(st.sampled_from(["sources:\n", "# said\n---\n\nsources: # said\n"]))
    for number in range(draw(st.integers(1, 6))):
        chosen = draw(st.lists(st.sampled_from(sorted(FIELDS)), unique=True, max_size=4))
        rows = {"url": f"https://a.example/{number}", **{key: draw(FIELDS[key]) for key in chosen}}
        if draw(st.integers(0, 3)) or any(value[:1] in {"\n", "~", ""} for value in rows.values()):
            text += f"  s{number}:\n" + "".join(f"    {k}: {v}\n" for k, v in rows.items())
        else:
            text += f"  s{number}: {{{', '.join(f'{k}: {v}' for k, v in rows.items())}}}\n"
    return text.replace(": \n", ":\n")


@st.composite
def disturbed(draw: st.DrawFn) -> str:
    """Return such a text with something odd put in, once or twice."""
    text = draw(sound_texts())
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(text)))
        if draw(st.booleans()):
            at = text.rfind("\n", 0, at) + 1
        text = text[:at] + draw(FRAGMENTS) + text[at:]
    return text


TEXTS = st.one_of(sound_texts(), disturbed(), disturbed(), WILD)
PLAIN = "  b: {url: https://a.example/}\n"


def built(page: object) -> dict[str, tuple[int, object]]:
    """Return the sources of a page by ruamel alone, with the lines they start on."""
    assert isinstance(page, Page)
    assert isinstance(page.root, MappingNode)
    ((_, node),) = page.root.value
    top = Place("f", page.root, node, ())
    builder = Builder(ENVIRON)
    return {
        name: (key.start_mark.line, builder.build(Place("f", key, value, (name,))))
        for name, key, value in reversed(list(top.pairs()))
    }


@LIMITS
@given(TEXTS)
@example(f'sources:\n  a: "x\n{PLAIN}  c: y"\n')
@example(f"sources:\n  a: {{url: x\n{PLAIN}  c: y}}\n")
@example(f"sources:\n  a: |+\n    x\n{PLAIN}")
@example(f"sources:\n  a: &a {{url: 'x'}}\n{PLAIN}  c: *a\n")
@example(f"sources:\n  <<: {{b: {{url: x}}}}\n{PLAIN}")
@example(f"sources:\n{PLAIN}  'b': {{url: x}}\n")
@example(f"sources:\n{PLAIN}...\n---\nsources:\n")
def test_what_is_lifted_is_what_ruamel_reads(text: str) -> None:
    lifted = lift(text, "sources", ENVIRON, ())
    if lifted is None:
        return
    rest = compose(lifted.rest, "f")
    if lifted.left and not (isinstance(rest, Page) and lifted.agrees(rest)):
        return
    left = built(rest) if lifted.left else {}
    assert {**lifted.entries, **left} == built(compose(text, "f"))


def outcome(load: object, folder: Path) -> object:
    assert callable(load)
    try:
        found = load(folder, ENVIRON)
    except SettingsError as error:
        return [str(one) for one in error.problems]
    return found, list(found.sources)


@LIMITS
@given(TEXTS, st.lists(entries(), max_size=2))
@example("sources:\n  a: {url: https://a.example/, lisense: wire}\n", [PLAIN])
@example(f"sources:\n{PLAIN}{PLAIN}", [PLAIN])
def test_both_ways_come_to_the_same(tmp_path: Path, text: str, more: list[str]) -> None:
    for name, written in {**SOUND, "sources": text}.items():
        (tmp_path / f"{name}.yaml").write_bytes(written.encode())
    (tmp_path / "sources.d").mkdir(exist_ok=True)
    (tmp_path / "sources.d/more.yaml").write_bytes("".join(["sources:\n", *more]).encode())
    assert outcome(load, tmp_path) == outcome(load_carefully, tmp_path)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_ordinary_entries_are_lifted(newline: str) -> None:
    """The sample desk's own way of writing, and the common others, are read at speed."""
    text = (
        "# said\n---\nsources:\n"
        "  a:\n    url: https://a.example/f.xml?a=b&c=d   # said\n    title: News & Ideas, Zürich\n"
        "    topics: [world, sport]\n    poll: {min: 5m, max: 12h}\n    paused: true\n\n"
        "  b: {url: 'https://b.example/', license: wire, topics: [world]}\n"
        '  c:\n    url: "https://c.example/${X}"\n    topics:\n    - world\n    - sport\n'
        "    poll:\n      # said\n      min: 5m\n    section:\n"
    ).replace("\n", newline)
    lifted = lift(text, "sources", ENVIRON, ())
    assert lifted is not None
    assert lifted.left == set()
    assert lifted.entries["a"] == (3, {
        "url": "https://a.example/f.xml?a=b&c=d", "title": "News & Ideas, Zürich",
        "topics": ["world", "sport"], "poll": {"min": "5m", "max": "12h"}, "paused": True,
    })  # fmt: skip
    assert lifted.entries["c"] == (11, {
        "url": "https://c.example/filled", "topics": ["world", "sport"], "poll": {"min": "5m"},
        "section": None,
    })  # fmt: skip
