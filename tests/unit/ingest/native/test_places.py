import pytest

from syndicator.model.entry import Discussion, Point
from tests.unit.ingest.feeds import entry, item

GEO = (
    'xmlns:georss="http://www.georss.org/georss" xmlns:gml="http://www.opengis.net/gml" '
    'xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#"'
)
BERGEN = Point(latitude=60.39, longitude=5.32)


@pytest.mark.parametrize(
    "inside",
    [
        f"<georss:point {GEO}>60.39 5.32</georss:point>",
        f"<georss:point {GEO}> 60.39, 5.32 </georss:point>",
        f"<georss:where {GEO}><gml:Point><gml:pos>60.39 5.32</gml:pos></gml:Point></georss:where>",
        f"<geo:lat {GEO}>60.39</geo:lat><geo:long {GEO}>5.32</geo:long>",
        f"<geo:Point {GEO}><geo:lat>60.39</geo:lat><geo:long>5.32</geo:long></geo:Point>",
    ],
)
def test_a_point_is_read_however_it_is_written(inside: str) -> None:
    assert item(f"<guid>1</guid>{inside}").point == BERGEN


@pytest.mark.parametrize("said", ["", "x y", "60.39", "91 5", "60 181", "1 2 3 4", "1e9 5"])
def test_what_is_no_point_is_none(said: str) -> None:
    assert item(f"<guid>1</guid><georss:point {GEO}>{said}</georss:point>").point is None
    box = f"<georss:box {GEO}>60 5 61 6</georss:box>"
    assert item(f"<guid>1</guid>{box}").point is None


def test_where_it_is_discussed() -> None:
    slash = (
        '<slash:comments xmlns:slash="http://purl.org/rss/1.0/modules/slash/">7</slash:comments>'
    )
    found = item(f"<guid>1</guid><comments>https://a.example/1#c</comments>{slash}")
    assert found.discussion == Discussion(url="https://a.example/1#c", count=7)
    replies = (
        "<link rel='replies' href='https://a.example/r' "
        "xmlns:thr='http://purl.org/syndication/thread/1.0' thr:count='3'/>"
    )
    assert entry(f"<id>1</id>{replies}").discussion == Discussion(
        url="https://a.example/r", count=3
    )
    assert item("<guid>1</guid><comments>12</comments>").discussion is None
