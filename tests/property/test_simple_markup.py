"""Whatever is read the short way comes out as the long way has it, and safe."""

from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from syndicator.ingest.markup import _ANY_BLOCK, _BARE, Markup
from syndicator.ingest.simple import bare
from syndicator.model.text import legal

BASE = "https://h.example/a/"
NAMES = st.sampled_from(
    """p div a b em span br img ul ol li h2 blockquote figure figcaption section pre code hr font
    q time table td script style iframe svg small wbr strong article center object""".split()  # noqa: SIM905 - one list
)
VALUES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["/x", "https://x.example/?utm_source=a&amp;b=1", "javascript:alert(1)", "JaVaScRiPt&#58;x",
         "//y.example/z", "a&quot;b", "&amp;lt;", "\u00a0", "data:text/html,<b>", "1", "mailto:a@b.example"]
    ),
)  # fmt: skip
ATTRIBUTES = st.lists(
    st.tuples(st.sampled_from(["href", "src", "title", "class", "onclick", "alt", "lang", "cite", "HREF", "style"]), VALUES, st.sampled_from("'\"")),
    max_size=3,
)  # fmt: skip
WORDS = st.one_of(
    st.text(max_size=10),
    st.sampled_from(
        ["a & b", "&amp;", "&nbsp; x", "5 < 6", "&#8217;", "\n\n", "  ", "\u00a0", "&lt;b&gt;", "<!-- c -->",
         "<!--", "-->", "<", ">", "\r", "\x01", "words, words.", "&#146;", "]]>", "<br/>", "</p>"]
    ),
)  # fmt: skip


def element(name: str, said: list[tuple[str, str, str]], inside: list[str], closed: bool) -> str:
    attributes = "".join(f" {key}={quote}{value}{quote}" for key, value, quote in said)
    if name in {"br", "img", "hr", "wbr"}:
        return f"<{name}{attributes}>"
    return f"<{name}{attributes}>{''.join(inside)}" + (f"</{name}>" if closed else "")


MARKUP = st.recursive(
    WORDS,
    lambda inner: st.builds(
        element, NAMES, ATTRIBUTES, st.lists(inner, max_size=4), st.sampled_from([True] * 9 + [False])
    ),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(source=st.lists(MARKUP, max_size=4).map("".join).map(legal))
def test_the_short_way_and_the_long_way_agree(source: str) -> None:
    short = Markup(source, is_html=True, base=BASE)
    tree = Markup(source, is_html=True, base=BASE, whole=True)
    assert (short.text, short.html()) == (tree.text, tree.html())


@settings(max_examples=300, deadline=None)
@given(source=st.lists(MARKUP, max_size=4).map("".join))
def test_nothing_that_acts_comes_through(source: str) -> None:
    clean = Markup(source, is_html=True, base=BASE).html()
    for node in html.fragment_fromstring(clean, create_parent="div").iter():
        assert node.tag not in {"script", "style", "iframe", "svg", "object"}
        assert not [name for name in node.attrib if name.startswith("on") or name == "style"]
        for name in ("href", "src", "cite"):
            assert node.get(name, "https:").startswith(("http:", "https:", "mailto:"))


@settings(max_examples=600, deadline=None)
@given(source=st.lists(MARKUP, max_size=4).map("".join).map(legal))
def test_the_words_of_simple_markup_are_those_a_parser_finds(source: str) -> None:
    short = bare(source)
    if short is not None:
        parsed = _BARE.clean(_ANY_BLOCK.sub(r" \g<0>", source))
        assert unescape(short).split() == unescape(parsed).split()
