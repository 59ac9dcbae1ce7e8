"""Which copy of a story leads it, and under which name it stands. Pure.

A story is one entry of a topic: the copy whose licence allows most, then the
fullest, then the first. The entry keeps the id and the date of the article
that the story began with, whichever copy leads it, so that readers see one
entry change hands and never two.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from html import escape

import msgspec

from syndicator.model.article import Article
from syndicator.model.clearance import Cleared
from syndicator.model.edition import Also
from syndicator.model.ids import ArticleId, LicenseId
from syndicator.model.license import ImagePolicy, License
from syndicator.model.ruling import Ruling, RulingKind
from syndicator.model.story import BY_HAND, Story

Stories = Mapping[ArticleId, Story]
_PICTURES = {ImagePolicy.NONE: 0, ImagePolicy.CREDITED: 1, ImagePolicy.ALL: 2}


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """An article that stands for itself, or for a story of which ``others`` may leave too."""

    article: Article
    others: tuple[Article, ...] = ()


def heads(
    articles: Sequence[Article],
    cleared: Mapping[ArticleId, Cleared],
    licenses: Mapping[LicenseId, License],
    stories: Stories,
) -> list[Head]:
    """Return who leads, of articles that are all cleared; others in the order of preference."""
    alone: list[Head] = []
    groups: dict[str, list[Article]] = {}
    for one in articles:
        story = stories.get(one.id)
        if story is None:
            alone.append(Head(article=one))
        else:
            groups.setdefault(story.id, []).append(one)
    for copies in groups.values():
        copies.sort(key=lambda one: _worth(one, cleared[one.id], licenses), reverse=True)
        alone.append(Head(article=copies[0], others=tuple(copies[1:])))
    return alone


def _worth(
    article: Article, cleared: Cleared, licenses: Mapping[LicenseId, License]
) -> tuple[int, bool, int, int, float, str]:
    rules = licenses.get(LicenseId(cleared.license))
    return (
        cleared.form.rank,
        cleared.words is None,
        _PICTURES[rules.images] if rules else 0,
        article.body.text.count(" "),
        -article.first_seen.timestamp(),
        article.id,
    )


def under_its_face(article: Article, stories: Stories) -> Article:
    """Return an article under the id and the date of its story, where it has one."""
    story = stories.get(article.id)
    if story is None or story.face.article == article.id:
        return article
    face = story.face
    return msgspec.structs.replace(
        article,
        guid=face.guid,
        guid_is_permalink=face.guid_is_permalink,
        published=face.published,
    )


def changed_hands(
    article: Article,
    articles: Iterable[Article],
    stories: Stories,
    rulings: Mapping[ArticleId, Sequence[Ruling]],
    expires: Callable[[Article], datetime | None],
    now: datetime,
) -> datetime:
    """Return when the entry of a story last changed: its words, or which copy leads it.

    A copy that is not the first took over no sooner than it came or was joined by
    hand, and none sooner than a ruling let any of ``articles`` out or kept it in,
    or the window of another closed (``expires``); that may be later than it needs
    to be, and is the same whenever asked.
    """
    story = stories.get(article.id)
    if story is None:
        return article.updated
    moments = [article.updated]
    if article.id != story.face.article:
        moments.append(article.first_seen)
        moments.extend(tie.at for tie in story.ties if tie.by == BY_HAND)
    for one in articles:
        if one.id not in story.members:
            continue
        for ruling in rulings.get(one.id, ()):
            if ruling.kind is not RulingKind.CORRECT:
                moments.append(ruling.at)
                moments.extend(end for end in (ruling.until,) if end is not None and end <= now)
        end = expires(one) if one.id != article.id else None
        if end is not None and end <= now:
            moments.append(end)
    return max(moments)


def with_also(html: str, also: Sequence[Also]) -> str:
    """Name the other publishers of a story below a published body; an empty one stays so."""
    if not html or not also:
        return html
    names = ", ".join(
        f'<a href="{escape(one.link)}">{escape(one.title)}</a>' if one.link else escape(one.title)
        for one in also
    )
    return f'{html}\n<p class="also">Also from {names}</p>'
