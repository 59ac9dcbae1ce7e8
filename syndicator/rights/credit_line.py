"""The credit line an article must carry: its own, or the licence's template filled. Pure."""

import re
from string import Formatter

from syndicator.model.article import Article
from syndicator.model.license import License

_FORMATTER = Formatter()


def credit_line(article: Article, license: License, source_title: str) -> tuple[str | None, str]:  # noqa: A002 - the trade's word
    """Return the credit line and how it came about.

    It is ``None`` where one is required and cannot be made.
    The copy's own line leaves verbatim, with the licence's distributor added
    where it is missing. Otherwise the template is filled; a name it needs and
    the article lacks means there is no line.
    """
    line = own_line(article) if license.verbatim else None
    if line is not None:
        missing = license.distributor and license.distributor.rstrip(".") not in line
        if not missing:
            return line, "the copy's own line, verbatim"
        said = f"{line} Distributed by {license.distributor}."
        return said, "the copy's own line and distributor"
    if license.credit is None:
        return article.rights.notice or own_line(article), "no credit line required"
    names = _names(article, license, source_title)
    absent = sorted(name for name in _wanted(license.credit) if not names.get(name))
    if absent:
        return None, f"the credit line needs {', '.join(absent)}, which the article does not state"
    return _tidy(license.credit.format_map(names)), "built from the licence's template"


def own_line(article: Article) -> str | None:
    """Return the words by which the copy itself says whose it is, verbatim, on one line.

    A line that names a holder or a distributor, and one that says where the
    copy was published first; lines that only name an agency are no credit line.
    """
    own, first = article.credit, article.republication
    parts = [own.raw] if own is not None and (own.holder or own.distributor) else []
    if first is not None and (first.publisher or first.license) and first.cut:
        parts.append(first.raw)
    if len(parts) == 1 and "\n" not in parts[0]:
        return parts[0]
    lines = [" ".join(part.split()) for part in parts]
    return " ".join(dict.fromkeys(lines)) or None


def _wanted(template: str) -> set[str]:
    return {name for _, name, _, _ in _FORMATTER.parse(template) if name}


def _names(article: Article, license: License, source_title: str) -> dict[str, str]:  # noqa: A002
    own = article.credit
    people = [person.name for person in article.authors]
    listed = ", ".join(people[:-1]) + " and " + people[-1] if len(people) > 1 else "".join(people)
    return {
        "year": str((own.year if own else None) or article.published.year),
        "holder": (own.holder if own else None) or license.holder or "",
        "site": (own.site if own else None) or "",
        "distributor": license.distributor or (own.distributor if own else None) or "",
        "source": source_title,
        "authors": listed or source_title,
        "headline": article.headline,
        "link": article.link or "",
        "license": license.name or "",
    }


def _tidy(line: str) -> str:
    """``Bloomberg L.P.. Visit`` → ``Bloomberg L.P. Visit``."""
    return re.sub(r"\.\.(?=\s|$)", ".", line).strip()
