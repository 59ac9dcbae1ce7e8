"""Stories: copies of one text by several publishers, and what stands for all of them."""

from datetime import datetime

import msgspec

from syndicator.model.article import Article
from syndicator.model.copies import Signature
from syndicator.model.ids import ArticleId, StoryId

BY_WIRE, BY_HAND = "wire", "hand"


class Face(msgspec.Struct, frozen=True, kw_only=True):
    """Under what the entry of a story is published, whichever copy leads it.

    It is that of the article the desk saw first, and stays when that is gone.
    """

    article: ArticleId
    guid: str
    guid_is_permalink: bool
    published: datetime


def face_of(article: Article) -> Face:
    """Return the face of a story that begins with this article."""
    return Face(
        article=article.id,
        guid=article.guid,
        guid_is_permalink=article.guid_is_permalink,
        published=article.published,
    )


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """Why an article was taken for a copy of another: by ``wire`` or by ``hand``, and when.

    ``why`` says in words how much of the text they share.
    """

    article: ArticleId
    other: ArticleId
    by: str
    at: datetime
    why: str


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """Two articles or more that are copies of one text, the one first seen first.

    Its id is that of the first article. ``ties`` are why each of the others is here.
    """

    id: StoryId
    face: Face
    members: tuple[ArticleId, ...]
    ties: tuple[Tie, ...] = ()


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """An article and what its copies are found by."""

    article: ArticleId
    publisher: str
    published: datetime
    signature: Signature


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """A signed article on its way in, and what it was compared with.

    ``seen`` are the articles it was compared with, or could have been; another
    that has come meanwhile is a conflict. ``ties`` lead to those that it is a
    copy of, ``faces`` to their faces, its own included.
    """

    signed: Signed
    first_seen: datetime
    seen: frozenset[ArticleId]
    ties: tuple[Tie, ...] = ()
    faces: tuple[tuple[Face, datetime], ...] = ()
