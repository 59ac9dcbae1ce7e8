"""What came of an entry → its story alone and the facts it states about itself. Pure.

Kept apart from the rest of normalizing so that a better rule can be run again
over what was received, without asking the upstream.
"""

import re
from collections.abc import Sequence
from datetime import UTC
from functools import lru_cache
from typing import TypeVar

import msgspec

from syndicator.credit import Context, Houses, read, split_people
from syndicator.credit.advisory import read_advisory
from syndicator.credit.assistance import read_assistance
from syndicator.credit.byline import read_byline
from syndicator.credit.copyright import read_copyright
from syndicator.credit.dateline import read_dateline
from syndicator.credit.fields import (
    authors_of,
    read_byline_field,
    read_credit_field,
    read_fields,
)
from syndicator.credit.form import place
from syndicator.credit.middle import is_end
from syndicator.ingest.markup import Markup, plain
from syndicator.model.address import absolute
from syndicator.model.article import Article, Body, Received
from syndicator.model.credit import (
    Advisory,
    Assistance,
    Byline,
    CreditLine,
    Dateline,
    Embargo,
    Fact,
    Moment,
    Section,
)
from syndicator.model.entry import Entry, Person, Rights
from syndicator.model.text import digest, squeeze, words

# A line of a list, with the lines that go on with it.
_SIGN_OFF_LINE = re.compile(r"[^\n]+(?:\n[ \t]+[^\n]+)*")
_COMMANDS = frozenset({"kill", "hold", "withdraw", "takedown"})
_STATUS = {"canceled": "kill", "cancelled": "kill", "withheld": "hold"}
_ORDERS = frozenset({"pubstatus", "embargoed-element"})
_FactT = TypeVar("_FactT", bound=Fact)
_UNSTATED = Rights()


def received(entry: Entry, link: str | None, *, pixels: bool = False) -> Received:
    """Keep of an entry what its credit is read from.

    References in it resolve against the base its document states, else
    against its own page, else against the document.
    """
    content, is_html = (
        (entry.content, entry.content_html)
        if entry.content
        else (entry.summary or "", entry.summary_html)
    )
    return Received(
        content=content,
        is_html=is_html,
        base=entry.base if entry.base_stated else link or entry.base,
        title=entry.title or "",
        authors=tuple(_located(person, entry.base) for person in entry.authors),
        byline=entry.byline,
        dateline=entry.dateline,
        section=entry.section,
        provider=entry.provider,
        credit=entry.credit,
        sources=entry.sources,
        pubstatus=entry.pubstatus,
        embargoed=entry.embargoed,
        advisories=entry.advisories,
        private=entry.private,
        pixels=pixels,
    )


def _located(person: Person, base: str | None) -> Person:
    if person.url is None:
        return person
    return Person(name=person.name, email=person.email, url=absolute(person.url, base))


def understand(
    came: Received, context: Context, rights: Rights = _UNSTATED
) -> tuple[Body, tuple[Fact, ...], tuple[Person, ...]]:
    """Return the story alone, the facts, and who wrote it; ``rights`` are those of metadata.

    What was received is kept beside the story only where something was cut or
    said apart: elsewhere the story itself can be read again.
    """
    text_facts: tuple[Fact, ...] = ()
    body = Body(received=came)
    if came.content:
        markup = Markup(came.content, is_html=came.is_html, base=came.base, pixels=came.pixels)
        text_facts = read(markup.text, context)
        trims = _trims(markup.text, text_facts)
        markup.cut((fact.start, fact.end) for fact in text_facts if fact.cut)
        needed = any(fact.cut for fact in text_facts) or _says_more(came)
        kept = came if needed else None
        body = Body(html=markup.html(), text=markup.text, received=kept, trims=trims)
    stated = _stated(came, context)
    if any(isinstance(fact, Dateline) for fact in text_facts):  # what the copy prints goes before
        stated = [fact for fact in stated if not isinstance(fact, Dateline)]
    houses = _houses(came, rights, context, (*stated, *text_facts))
    facts = (*stated, *houses, *text_facts)
    return body, facts, authors(came, facts)


def _trims(text: str, facts: tuple[Fact, ...]) -> tuple[int, ...]:
    """Count the words of the story before each mark at which it may end."""
    found: list[int] = []
    count = place = 0
    for fact in facts:
        if fact.cut:
            count += len(text[place : fact.start].split())
            place = fact.end
            if isinstance(fact, Advisory) and is_end(fact) and count:
                found.append(count)
    return tuple(dict.fromkeys(found))


def _says_more(came: Received) -> bool:
    """Whether a wire format said anything apart from the story and its authors."""
    return bool(
        came.byline or came.dateline or came.section or came.provider or came.credit or came.sources
        or came.pubstatus or came.embargoed or came.advisories or came.private
    )  # fmt: skip


def _stated(came: Received, context: Context) -> list[Fact]:
    """Read what the wire format says apart from the story; such facts have no place in the text."""
    found: list[Fact] = []
    if came.byline:
        # A byline element holds a byline, whatever its words: only names must be told apart.
        made = read_byline(came.byline, context) or read_byline(f"By {came.byline}", context)
        if made is not None:
            found.append(msgspec.structs.replace(made, raw=came.byline))
        elif (line := read_byline_field(came.byline, context)) is not None:
            found.append(line)
    if came.dateline and (where := _dateline(came.dateline, context)):
        found.append(where)
    if came.section:
        found.append(Section(name=came.section, **place(came.section, "section-element", 0.95)))
    for words_to_editors in came.advisories:
        note = read_advisory(words_to_editors, context)
        found.append(note or _note(words_to_editors))
        found.extend(_notices(words_to_editors, context))
    for kept_back in came.private:
        for line in _SIGN_OFF_LINE.findall(kept_back):
            sign_off = read_assistance(" ".join(line.split()), context)
            if sign_off is not None:
                found.append(sign_off)
        found.extend(_commands(kept_back, context))
    found.extend(_status(came))
    return [_without_place(fact) for fact in found]


def _commands(note: str, context: Context) -> list[Advisory]:
    """Read what a note that is not public orders; its words stay unsaid."""
    read_lines = (read_advisory(line.strip(), context) for line in note.split("\n") if line.strip())
    actions = dict.fromkeys(one.action for one in read_lines if one is not None)
    said = place("(a note that is not public)", "private-note", 0.9)
    return [Advisory(action=action, **said) for action in actions if action in _COMMANDS]


def _houses(
    came: Received, rights: Rights, context: Context, facts: Sequence[Fact]
) -> list[CreditLine]:
    """Read which houses metadata names behind the copy; its authors are none of them."""
    people = [*authors_of(facts), *(one.name for one in came.authors)]
    line = read_credit_field(came.credit, context, people) if came.credit else None
    named = [line] if line is not None else []
    providers = (came.provider,) if came.provider else ()
    told = line.agencies if line is not None else ()
    named += read_fields(rights, came.sources, providers, context, people, told)
    return [_without_place(fact) for fact in named]


def _dateline(said: str, context: Context) -> Dateline | None:
    """Read a dateline element: it holds a place, whatever its letters and its end."""
    found = read_dateline(said, context) or read_dateline(f"{said.upper()} -", context)
    return msgspec.structs.replace(found, raw=said) if found else None


def _notices(note: str, context: Context) -> list[CreditLine]:
    """Read whose copy it is where a note to editors says so."""
    lines = (line.strip(" -*•") for line in note.split("\n"))
    found = (read_copyright(line, context) for line in lines if line)
    return [line for line in found if line is not None and line.holder]


def _note(text: str) -> Advisory:
    return Advisory(action="advisory", **place(text, "note-element", 0.6))


def _status(came: Received) -> list[Fact]:
    facts: list[Fact] = []
    action = _STATUS.get((came.pubstatus or "").rpartition(":")[2].casefold())
    if action:
        facts.append(Advisory(action=action, **place(came.pubstatus or "", "pubstatus", 1.0)))
    if came.embargoed:
        until = came.embargoed.astimezone(UTC).isoformat()
        facts.append(
            Embargo(moments=(Moment(until=until),), **place(until, "embargoed-element", 1.0))
        )
    return facts


def _without_place(fact: _FactT) -> _FactT:
    return msgspec.structs.replace(fact, start=0, end=0, cut=False)


def authors(came: Received, facts: tuple[Fact, ...]) -> tuple[Person, ...]:
    """Prefer the byline in the copy: it names people where metadata often names the house."""
    named = next((one for one in facts if isinstance(one, Byline) and one.authors), None)
    if named is not None:
        return tuple(Person(name=name) for name in named.authors)
    people: list[Person] = []
    for person in came.authors:
        names = _names_in(person.name)
        if len(names) > 1:
            people.extend(Person(name=one) for one in names)
        elif names:
            people.append(Person(name=names[0], email=person.email, url=person.url))
    return _each_once(people)


def _each_once(people: Sequence[Person]) -> tuple[Person, ...]:
    """Let one who is named twice, once by an address and once without, be one person."""
    found: list[Person] = []
    for person in people:
        for at, known in enumerate(found):
            email, url = known.email or person.email, known.url or person.url
            if (person.name, person.email or email, person.url or url) == (known.name, email, url):
                found[at] = Person(name=known.name, email=email, url=url)
                break
        else:
            found.append(person)
    return tuple(found)


@lru_cache(maxsize=4096)  # a feed names the same few people over and over
def _names_in(said: str) -> tuple[str, ...]:
    """Split what one author element says into names; one that is no list stays whole."""
    name = squeeze(plain(said))
    name = name[3:] if name[:3].lower() == "by " else name
    names = split_people(name)
    if names and len(names) > 1:
        return names
    return (name,) if name else ()


def context_of(
    headline: str,
    houses: Houses,
    *,
    publisher: str,
    link: str | None,
    feed: str | None,
    language: str | None,
    year: int | None,
) -> Context:
    """Gather what settles doubtful names: who sent it, from where, in which language."""
    near = " ".join(part for part in (publisher, link, feed, f"lang={language or ''}") if part)
    return Context(headline=headline, near=near, language=language, year=year, houses=houses)


def fingerprint(
    headline: str, said: str, people: tuple[Person, ...], facts: tuple[Fact, ...] = ()
) -> str:
    """Stand for the words a reader sees; markup, white space and punctuation do not count.

    What metadata orders counts too: a version that is the same but for being
    withheld, canceled or embargoed is another.
    """
    names = [person.name for person in people]
    orders = [f"{one.rule} {one.raw}" for one in facts if one.rule in _ORDERS]
    return digest(words(headline), said, *names, *orders, size=12).hex()


def reread(article: Article, houses: Houses) -> Article:
    """Read an article's credit again from what was received.

    Its identity, dates and version stay: reading better is no revision. Where
    nothing was cut the first time, the stored body is what was received.
    """
    came = article.body.received or Received(
        content=article.body.html,
        is_html=True,
        base=article.link,
        title=article.headline,
        authors=article.authors,
    )
    context = context_of(
        plain(came.title),
        houses,
        publisher=article.publisher,
        link=article.link,
        feed=article.origin.title,
        language=article.language,
        year=article.published.year,
    )
    body, facts, people = understand(came, context, article.rights)
    said = words(body.text) or words(article.abstract or "")
    return msgspec.structs.replace(
        article,
        body=body,
        facts=facts,
        authors=people,
        # With a text of its page an article still has the fingerprint of its feed's entry.
        fingerprint=article.fingerprint
        if article.page
        else fingerprint(article.headline, said, people, facts),
    )


def only(facts: tuple[Fact, ...], kind: type[_FactT]) -> tuple[_FactT, ...]:
    """Return the facts of one kind."""
    return tuple(fact for fact in facts if isinstance(fact, kind))


def organization(facts: tuple[Fact, ...]) -> str | None:
    """Name the house an article was written for: of its byline, else its dateline or credit."""
    for byline in only(facts, Byline):
        if byline.organization:
            return byline.organization
    return None


def sign_offs(facts: tuple[Fact, ...]) -> tuple[Assistance, ...]:
    """Return the sign-offs in order."""
    return only(facts, Assistance)


def credit_lines(facts: tuple[Fact, ...]) -> tuple[CreditLine, ...]:
    """Return every credit line, those of pictures and sites too."""
    return only(facts, CreditLine)
