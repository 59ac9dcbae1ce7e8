import pytest

from tests.unit.ingest.feeds import entry, item


def test_content_encoded_is_the_body_and_description_the_summary() -> None:
    one = item(
        "<description>Short</description><content:encoded>&lt;p>Long&lt;/p></content:encoded>"
    )
    assert (one.summary, one.content, one.content_html) == ("Short", "<p>Long</p>", True)


def test_a_description_alone_is_the_summary_as_markup() -> None:
    one = item("<description><![CDATA[<p>Words</p>]]></description>")
    assert (one.summary, one.summary_html, one.content) == ("<p>Words</p>", True, None)


def test_a_caption_is_never_a_body() -> None:
    one = item(
        "<title>T</title><media:content url='https://h.example/1.jpg' medium='image'>"
        "<media:description>The harbour at dawn</media:description></media:content>"
        "<media:description>A harbour</media:description>"
    )
    assert (one.summary, one.content) == (None, None)
    assert one.images[0].caption == "The harbour at dawn"


def test_the_description_of_a_film_is_all_the_text_its_entry_has() -> None:
    one = entry(
        "<title>T</title><media:group><media:content url='https://h.example/f' type='video/mp4'/>"
        "<media:thumbnail url='https://h.example/t.jpg'/>"
        "<media:description>What is seen.\nAnd heard.</media:description></media:group>"
    )
    assert (one.summary, one.summary_html) == ("What is seen.\nAnd heard.", False)
    assert one.images[0].caption is None


def test_of_two_abstracts_the_fuller_is_the_body() -> None:
    one = item("<description>Short</description><itunes:summary>Longer words</itunes:summary>")
    assert (one.summary, one.content, one.content_html) == ("Short", "Longer words", False)
    again = item(
        "<description>The longer words</description><itunes:summary>Short</itunes:summary>"
    )
    assert (again.summary, again.content) == ("The longer words", None)


def test_of_two_bodies_the_fuller_is_taken() -> None:
    one = item(
        "<content:encoded>one</content:encoded><content:encoded>two words</content:encoded>"
        "<content:encoded></content:encoded>"
    )
    assert one.content == "two words"


def test_an_xhtml_body_in_rss_is_the_body() -> None:
    one = item("<xhtml:body><xhtml:p>One<xhtml:br/>&lt;two&gt;</xhtml:p></xhtml:body>")
    assert one.content == "<p>One<br>&lt;two&gt;</p>"


@pytest.mark.parametrize(
    ("construct", "text", "html"),
    [
        ("<title>1 &lt; 2</title>", "1 < 2", False),
        ("<title type='text'>Less: &lt;</title>", "Less: <", False),
        ("<title type='text'>A &lt;b>tag&lt;/b></title>", "A <b>tag</b>", False),
        ("<title type='html'>A &lt;b>tag&lt;/b></title>", "A <b>tag</b>", True),
        ("<title>AT&amp;amp;T</title>", "AT&amp;T", True),
        ("<title type='xhtml'><xhtml:div>A <xhtml:em>b</xhtml:em></xhtml:div></title>", "A <em>b</em>", True),
        ("<title type='xhtml'>1 &lt; 2</title>", "1 &lt; 2", True),
        ("<title><![CDATA[ A & B ]]></title>", "A & B", False),
    ],
)  # fmt: skip
def test_text_constructs_of_atom(construct: str, text: str, html: bool) -> None:
    one = entry(construct)
    assert (one.title, one.title_html) == (text, html)


def test_the_div_around_xhtml_goes_only_if_it_is_alone() -> None:
    one = entry("<content type='xhtml'><xhtml:div>a</xhtml:div><xhtml:div>b</xhtml:div></content>")
    assert one.content == "<div>a</div><div>b</div>"


def test_markup_that_is_not_escaped_is_still_markup() -> None:
    one = item("<description>A <b>bold</b> word</description>")
    assert (one.summary, one.summary_html) == ("A <b>bold</b> word", True)


def test_escaped_markup_in_a_div_of_its_own_is_read() -> None:
    one = entry("<content type='html'><xhtml:div>A &lt;b>b&lt;/b></xhtml:div></content>")
    assert one.content == "A <b>b</b>"


def test_base64_is_decoded_if_it_is_text() -> None:
    one = entry("<content type='application/octet-stream'>V29y\nZHM=</content>")
    assert one.content == "Words"
    assert entry("<content type='image/png'>iVBORw0KGgo=</content>").content is None
    assert entry("<content type='image/png'>!</content>").content is None
    assert entry("<content type='application/pdf'>JVBERi3/</content>").content is None


def test_words_of_a_type_that_was_mistaken_are_words() -> None:
    one = entry("<content type='html/text'>A ferry &amp; a storm</content>")
    assert (one.content, one.content_html) == ("A ferry & a storm", False)
    one = entry("<content type='html/text'>&lt;p>A ferry&lt;/p></content>")
    assert (one.content, one.content_html) == ("<p>A ferry</p>", True)


def test_attributes_of_inline_markup_are_escaped_once() -> None:
    one = entry(
        "<content type='xhtml'><xhtml:div><xhtml:a href='?a=1&amp;b=2' title='\"q\"'>x</xhtml:a></xhtml:div></content>"
    )
    assert one.content == '<a href="?a=1&amp;b=2" title="&quot;q&quot;">x</a>'


def test_a_nested_base_is_written_out() -> None:
    one = entry(
        "<content type='xhtml' xml:base='/a/'><xhtml:div><xhtml:a href='1'>x</xhtml:a>"
        "<xhtml:p xml:base='b/'><xhtml:img src='2.png'/></xhtml:p></xhtml:div></content>"
    )
    assert one.content == ('<a href="1">x</a><p><img src="https://harbour.example/a/b/2.png"></p>')
    assert one.base == "https://harbour.example/a/"
    assert one.base_stated


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        ("<media:title>M</media:title><title>T</title><dc:title>D</dc:title>", "T"),
        ("<title></title><media:title>M</media:title><dc:title>D</dc:title>", "D"),
        ("<media:group><media:title>M</media:title></media:group>", "M"),
        (
            "<media:content url='/f' medium='video'><media:title>M</media:title></media:content>",
            "M",
        ),
        (
            "<media:content url='/f' medium='image'><media:title>M</media:title></media:content>",
            None,
        ),
        ("<itunes:title>I</itunes:title>", "I"),
        ("<image><title>Not this</title></image>", None),
    ],
)
def test_titles_in_their_order(inside: str, title: str | None) -> None:
    assert item(inside).title == title


@pytest.mark.parametrize(
    ("inside", "language"),
    [
        ("<title>T</title>", None),
        ("<title xml:lang='de'>T</title>", "de"),
        ("<title>T</title><dc:language>fr</dc:language>", "fr"),
        ("<title>T</title><content:encoded xml:lang='en_US'>w</content:encoded>", "en-US"),
        ("<title>T</title><content:encoded xml:lang=''>w</content:encoded>", None),
    ],
)
def test_languages(inside: str, language: str | None) -> None:
    assert item(inside).language == language


def test_a_language_is_inherited() -> None:
    assert entry("<title>T</title>", "xml:lang='pt-BR'").language == "pt-BR"
