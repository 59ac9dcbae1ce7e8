import pytest

from syndicator.model.entry import Person
from tests.unit.ingest.feeds import atom, entry, item

ADA = Person(name="Ada Berg", email="ada@h.example")


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("ada@h.example (Ada Berg)", ADA),
        ("Ada Berg (ada@h.example)", ADA),
        ("Ada Berg &lt;ada@h.example>", ADA),
        ("mailto:ada@h.example (Ada Berg)", ADA),
        ("ada@h.example", Person(name="ada@h.example", email="ada@h.example")),
        ("  Ada Berg ", Person(name="Ada Berg")),
        ("Ada Berg (Harbour)", Person(name="Ada Berg (Harbour)")),
    ],
)
@pytest.mark.parametrize("element", ["author", "dc:creator", "itunes:author"])
def test_shapes_of_an_author(element: str, text: str, person: Person) -> None:
    assert item(f"<{element}>{text}</{element}>").authors == (person,)


def test_several_authors_in_the_order_they_stand_each_once() -> None:
    one = item(
        "<dc:creator>Ben Cole</dc:creator><author>Ada Berg</author><dc:creator>Ben Cole</dc:creator>"
        "<atom:author><atom:name>Cara Dunn</atom:name><atom:uri>/cara</atom:uri></atom:author>"
        "<dc:creator> </dc:creator>"
    )
    assert one.authors == (
        Person(name="Ben Cole"),
        Person(name="Ada Berg"),
        Person(name="Cara Dunn", url="https://harbour.example/cara"),
    )


def test_contributors() -> None:
    one = entry(
        "<contributor><name>Ada Berg</name><email>ada@h.example</email></contributor>"
        "<dc:contributor>Ben Cole</dc:contributor>"
    )
    assert one.contributors == (ADA, Person(name="Ben Cole"))
    assert one.authors == ()


def test_a_person_with_nothing_but_a_mail_or_a_page() -> None:
    assert entry("<author><email>ada@h.example</email></author>").authors == (
        Person(name="ada@h.example", email="ada@h.example"),
    )
    assert entry("<author><uri>https://h.example/</uri></author>").authors == ()


def test_the_author_of_an_atom_feed_wrote_what_names_nobody() -> None:
    feed = atom(
        "<author><name>Ada Berg</name></author><entry><id>1</id></entry>"
        "<entry><id>2</id><author><name>Ben Cole</name></author></entry>"
    )
    assert [one.authors[0].name for one in feed.entries] == ["Ada Berg", "Ben Cole"]


def test_the_editor_of_a_channel_wrote_nothing() -> None:
    from tests.unit.ingest.feeds import rss

    feed = rss("<managingEditor>ed@h.example</managingEditor><item><title>T</title></item>")
    assert feed.entries[0].authors == ()
