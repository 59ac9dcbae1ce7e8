import pytest

from syndicator.credit.byline_east import read_eastern


@pytest.mark.parametrize(
    ("line", "authors", "organization", "role", "location"),
    [
        ("한다온 기자", ("한다온",), None, "기자", None),
        ("한다온·윤서호 기자", ("한다온", "윤서호"), None, "기자", None),
        ("윤서호 인턴기자", ("윤서호",), None, "인턴기자", None),
        ("도쿄=한다온 특파원", ("한다온",), None, "특파원", "도쿄"),
        ("항구경제=한다온 기자", ("한다온",), "항구경제", "기자", None),
        ("记者 林知夏 报道", ("林知夏",), None, "记者", None),
        ("本報記者林知夏／台北報導", ("林知夏",), None, "本報記者", "台北"),
        ("取材・文＝田辺六郎", ("田辺六郎",), None, None, None),
    ],
)
def test_names_stand_before_or_behind_the_role(
    line: str,
    authors: tuple[str, ...],
    organization: str | None,
    role: str | None,
    location: str | None,
) -> None:
    found = read_eastern(line, line)
    assert found is not None
    assert (found.authors, found.organization, found.role, found.location) == (
        authors,
        organization,
        role,
        location,
    )


@pytest.mark.parametrize(
    "line",
    [
        "기자회견은 월요일 오후에 열린다.",
        "记者会将于周一下午举行。",
        "記者会見は月曜日の午後に開かれる。",
        "记者" * 200,
    ],
)
def test_sentences_are_none(line: str) -> None:
    assert read_eastern(line, line) is None
