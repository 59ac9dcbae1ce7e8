"""Bylines of Korean, Chinese and Japanese copy: names without spaces, the role behind or before them."""

import re
from collections.abc import Sequence

from syndicator.credit.form import place
from syndicator.credit.places import is_place
from syndicator.model.credit import Byline
from syndicator.model.patterns import pattern_of

_KOREAN = pattern_of(
    r"(?:(?P<place>[가-힣]{2,4})\s+|\((?P<org>[^()]{2,12})\)\s*|(?P<before>[가-힣A-Za-z0-9]{2,12})\s?=\s?)?(?P<name>(?!인턴|수습|선임|전문|객원)[가-힣]{2,4}(?:[·,]\s?[가-힣]{2,4}){0,5})\s?(?P<role>(?:선임|수습|전문|객원|인턴)?기자|특파원|논설위원|편집위원|PD|앵커|아나운서|통신원)"
)
_KOREAN_OTHERS = pattern_of(r"외\s*(\d+)\s*명")
_CHINESE = pattern_of(
    r"(?P<org>[\u4e00-\u9fff]{2,8}(?:報|报|社|网|網|新聞|新闻|時報|时报|周刊))?\s*[/／]?\s*(?P<role>(?:本[报報]|特[约約派]|實習|实习|体育|駐\S{1,4})?記者|(?:本报|特约|特派|实习)?记者|文|作者|撰文|采写|編譯|编译|綜合報導)[/／:：\s]*"
    r"(?P<names>[\u4e00-\u9fff]{2,4}(?:[、\s，,·](?!报道|報導|報道|摄影|攝影)[\u4e00-\u9fff]{2,4}){0,5})\s?(?:报道|報導|報道|采写|摄影报道|摄)?\s?(?:[/／]\s*(?P<place>[\u4e00-\u9fff]{2,4}?)(?:綜合|即時|即时|採訪|专题)*(?:報導|报道|電|电))?\s*"
)
_CHINESE_PLAIN = pattern_of(
    r"(?P<names>[\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,4}){0,4})\s*[/／]\s*(?P<place>[\u4e00-\u9fff]{2,4}?)(?:綜合|即時|採訪)*(?:報導|报道|電|电)"
)
_CHINESE_PICTURE = pattern_of(
    r"(?P<names>[\u4e00-\u9fff]{2,4})\s+(?:圖片來源|图片来源|圖|攝影|摄影)[/／:：].{1,30}"
)
_JAPANESE = pattern_of(
    r"(?:取材・文|文|取材|執筆|編集・文|ライター|記者)\s*[:：=＝/／・]\s*(?P<names>[\u3040-\u30ff\u4e00-\u9fff]{2,8})|[【〔(（](?P<name2>[\u4e00-\u9fff]{2,4}[\s　]?[\u4e00-\u9fff\u3040-\u30ff]{0,3})(?:記者)?[】〕)）]"
)


def read_eastern(line: str, text: str) -> Byline | None:
    """Read a byline that fills a line of Hangul, Han or Kana."""
    if len(text) > LONG_EAST:
        return None
    korean = list(_KOREAN.finditer(text))
    if korean and len(text) <= SHORT_EAST and _left(text, korean) <= 8:  # noqa: PLR2004 - nothing else in the line
        more = _KOREAN_OTHERS.search(text)
        before = [one["before"] for one in korean if one["before"]]
        places = [one["place"] for one in korean if one["place"]]
        places += [one for one in before if is_place(one)]
        houses = [one["org"] for one in korean if one["org"]]
        houses += [one for one in before if not is_place(one)]
        return Byline(
            authors=tuple(name for one in korean for name in re.split(r"[·,]\s?", one["name"])),
            organizations=tuple(dict.fromkeys(houses)),
            role="; ".join(dict.fromkeys(one["role"] for one in korean)), location="; ".join(places) or None,
            others=int(more[1]) if more else 0, **place(line, "korean-reporter", 0.9),
        )  # fmt: skip
    found = (
        _CHINESE.fullmatch(text)
        or _CHINESE_PLAIN.fullmatch(text)
        or _CHINESE_PICTURE.fullmatch(text)
    )
    if found:
        groups = found.groupdict()
        return Byline(
            authors=tuple(re.split(r"[、\s，,·]+", found["names"].strip())), organizations=(groups["org"],) if groups.get("org") else (),
            role=groups.get("role"), location=groups.get("place"), **place(line, "chinese-reporter", 0.9),
        )  # fmt: skip
    japanese = _JAPANESE.fullmatch(line.strip())
    if japanese:
        return Byline(
            authors=((japanese["names"] or japanese["name2"]).strip(),),
            **place(line, "japanese-writer", 0.75),
        )
    return None


SHORT_EAST = 60
LONG_EAST = 120


def _left(text: str, found: Sequence[re.Match[str]]) -> int:
    """Count what a line says beside its reporters."""
    rest = text
    for one in found:
        rest = rest.replace(one[0], "", 1)
    return len(re.sub(r"[\s·,=|/외명\d@.\w]*@\S+|외\s*\d+\s*명|[\s·,=|/()]", "", rest))
