"""Simple markup comes out letter for letter as through its tree."""

import pytest

from syndicator.ingest.markup import Markup
from syndicator.ingest.simple import simple

BASE = "https://h.example/a/"
SIMPLE = [
    "",
    "Words alone &amp; a sign",
    "<p>One</p>\n<p>Two<br>lines<br /><br>more</p>",
    "<p>One <b>bold <i>both</i></b>, <a href='/x?utm_source=f&amp;y=1'>link</a>.</p>",
    '<p class="x" style="color:red" onclick="alert(1)" lang="de">Wörter&nbsp;&#8217;&#x2019;</p>',
    '<a href="javascript:alert(1)">x</a><a href="mailto:a@h.example">y</a><a href="data:text/html,x">z</a>',
    '<img src="1.png" alt="A &quot;b&quot; &amp; c" width="1" height=2 srcset="x"><img alt="none"><img src="ftp://x/y">',
    "<ul>\n<li>One</li>\n<li><p>Two</p><ol start='3'><li>x</li></ol></li>\n</ul>",
    "<figure><img src='/1.png'/><figcaption>Seen</figcaption></figure>",
    "<section><header><h1>Head</h1></header><article>Text <font color='red'>red</font></article></section>",
    "<blockquote cite='/q'>Said<hr></blockquote><pre>a\n  b <code>c</code></pre>",
    "<p>a<!-- gone -->b<script>alert('x')</script> c<iframe src='/v'></iframe><style>p{}</style></p>",
    "<p>  a \n\t b&nbsp; </p> <p> </p> <div> c</div>",
    "<P>Big <STRONG>Tags</STRONG></P>",
    '<q cite="https://x.example/#a">q</q><time datetime="2026-01-01">then</time><abbr title="T">t</abbr>',
    "<p>5 &lt; 6 &gt; 4 &quot;so&quot;</p>",
    "<img src='/1.png'></img>text<wbr>more",
    "line one<br>line two<p>para</p>tail",
]  # fmt: skip
NOT_SIMPLE = [
    "<p>One<p>Two",
    "<b><p>x</p></b>",
    "<a href='/1'><a href='/2'>x</a></a>",
    "<p><div>x</div></p>",
    "<table><tr><td>x</td></tr></table>",
    "<ul>words<li>x</li></ul>",
    "<li>alone</li>",
    "<p>5 < 6</p>",
    "<p>5 > 4</p>",
    "a &bogus; b",
    "a & b",
    "&#146;",
    "&#0;",
    "<p>a\rb</p>",
    "<svg><script>x</script></svg>",
    "<p/>x",
    "<pre>\nx</pre>",
    "<a href=/x>unquoted</a>",
    "<a title='1' title='2'>x</a>",
    "<a title='&lt;b>'>x</a>",
    "</p>",
    "<p>x</b></p>",
    "<script>a < b</script>",
    "<!-- a -- b -->",
    "<o:p>x</o:p>",
    "<p title>x</p>",
]


@pytest.mark.parametrize("source", SIMPLE)
def test_what_is_simple_is_the_same_as_through_its_tree(source: str) -> None:
    found = simple(source, BASE)
    tree = Markup(source, is_html=True, base=BASE, whole=True)
    assert found == (tree.text, tree.html())


@pytest.mark.parametrize("source", NOT_SIMPLE)
def test_what_is_not_goes_the_long_way(source: str) -> None:
    assert simple(source, BASE) is None


def test_an_address_that_depends_on_its_place_is_resolved_each_time() -> None:
    source = '<a href="x">y</a>'
    assert simple(source, "https://a.example/") == ("y", '<a href="https://a.example/x">y</a>')
    assert simple(source, "https://b.example/") == ("y", '<a href="https://b.example/x">y</a>')
    assert simple(source, None) == ("y", "<a>y</a>")


def test_simple_markup_can_still_be_cut() -> None:
    markup = Markup("<p>By Ada Berg</p><p>Words.</p>", is_html=True, base=BASE)
    markup.cut([(0, 11)])
    assert (markup.text, markup.html()) == ("Words.", "<p>Words.</p>")
