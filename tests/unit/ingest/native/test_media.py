from syndicator.model.entry import Image
from tests.unit.ingest.feeds import item, rss

ONE, TWO = "https://h.example/1.jpg", "https://h.example/2.jpg"


def test_each_picture_keeps_its_own_credit_caption_notice_and_licence() -> None:
    one = item(
        f"<media:content url='{ONE}' type='image/jpeg' width='600' height='400'>"
        "<media:credit role='photographer'>Ada Berg</media:credit><media:credit>Harbour Photos</media:credit>"
        "<media:description>Dawn</media:description><media:copyright>© Berg</media:copyright>"
        "<media:license href='https://creativecommons.org/licenses/by/4.0/'>CC BY</media:license></media:content>"
        f"<media:content url='{TWO}' medium='image'><media:credit>Ben Cole</media:credit>"
        "<media:license>All rights reserved</media:license></media:content>"
    )
    assert one.images == (
        Image(
            url=ONE,
            type="image/jpeg",
            width=600,
            height=400,
            credit="Ada Berg, Harbour Photos",
            caption="Dawn",
            rights="© Berg",
            license="https://creativecommons.org/licenses/by/4.0/",
        ),
        Image(url=TWO, credit="Ben Cole", license="All rights reserved"),
    )


def test_the_nearest_level_speaks_for_a_picture() -> None:
    feed = rss(
        "<media:credit>Harbour News</media:credit><media:copyright>© Harbour</media:copyright>"
        f"<item><media:content url='{ONE}'/></item>"
        f"<item><media:credit>Ada Berg</media:credit><media:group><media:description>Dawn</media:description>"
        f"<media:content url='{ONE}'/><media:content url='{TWO}'><media:credit>Ben Cole</media:credit>"
        "</media:content></media:group></item>"
    )
    (first,), (one, two) = (each.images for each in feed.entries)
    assert (first.credit, first.rights) == ("Harbour News", "© Harbour")
    assert (one.credit, one.caption, one.rights) == ("Ada Berg", "Dawn", "© Harbour")
    assert (two.credit, two.caption) == ("Ben Cole", "Dawn")


def test_films_and_sounds_are_no_pictures() -> None:
    one = item(
        "<media:content url='https://h.example/f.mp4' medium='video'>"
        f"<media:thumbnail url='{ONE}'/><media:credit>Ada Berg</media:credit></media:content>"
        "<media:content url='https://h.example/f.mp3' type='audio/mpeg'/>"
    )
    assert [(image.url, image.credit) for image in one.images] == [(ONE, "Ada Berg")]


def test_thumbnails_count_only_where_there_is_no_picture() -> None:
    one = item(f"<media:thumbnail url='{TWO}'/><media:content url='{ONE}'/>")
    assert [image.url for image in one.images] == [ONE]
    assert item(f"<media:thumbnail>{TWO}</media:thumbnail>").images[0].url == TWO


def test_the_picture_of_an_episode_is_the_last_resort() -> None:
    assert item(f"<itunes:image href='{ONE}'/>").images == (Image(url=ONE),)
    both = item(f"<itunes:image href='{ONE}'/><media:thumbnail url='{TWO}'/>")
    assert [image.url for image in both.images] == [TWO]


def test_relative_addresses_of_pictures() -> None:
    assert (
        item("<media:content url='//cdn.example/1.jpg'/>").images[0].url
        == "https://cdn.example/1.jpg"
    )


def test_a_medias_notice_is_the_items_only_where_there_is_no_picture() -> None:
    alone = item("<title>T</title><media:copyright>© Berg</media:copyright>")
    assert alone.rights.notice == "© Berg"
    shown = item(f"<media:copyright>© Berg</media:copyright><media:content url='{ONE}'/>")
    assert (shown.rights.notice, shown.images[0].rights) == (None, "© Berg")
    said = item("<dc:rights>© H</dc:rights><media:copyright>© Berg</media:copyright>")
    assert said.rights.notice == "© H"


def test_a_content_without_an_address_is_no_picture() -> None:
    assert item("<media:content medium='image'/><media:thumbnail/>").images == ()
