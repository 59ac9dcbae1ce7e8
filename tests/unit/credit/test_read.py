from syndicator.credit import read
from syndicator.model.credit import Assistance, Byline, CreditLine, Furniture, Section
from tests.builders import a_context

PAGE = """Today

/

Coast Wire

Night ferry sails again

Ines Calloway, Tomas Reyes-Lund and Adaeze Okonjo, Harbour News on

Published in World & Sea

The ferry sails on Monday.

It will sail three times a week, the minister said, with help from volunteers.

--------

—With assistance from Odile Marchetti.

©2026 Harbour Co. Visit harbour.example. Distributed by Lighthouse Content Agency, LLC.

Comments

blog comments powered by Anything"""


def test_a_syndicated_page_is_read_at_both_ends() -> None:
    facts = read(PAGE, a_context(headline="Night ferry sails again"))
    byline = next(fact for fact in facts if isinstance(fact, Byline))
    assert byline.authors == ("Ines Calloway", "Tomas Reyes-Lund", "Adaeze Okonjo")
    assert byline.organization == "Harbour News"
    credit = next(fact for fact in facts if isinstance(fact, CreditLine))
    assert (credit.holder, credit.year, credit.site, credit.distributor) == (
        "Harbour Co.",
        2026,
        "harbour.example",
        "Lighthouse Content Agency, LLC",
    )
    assert next(f for f in facts if isinstance(f, Assistance)).names == ("Odile Marchetti",)
    assert next(f for f in facts if isinstance(f, Section)).name == "World & Sea"
    assert sum(isinstance(fact, Furniture) for fact in facts) == 7


def test_what_is_left_is_the_story_alone() -> None:
    text = PAGE
    for fact in reversed(read(PAGE, a_context(headline="Night ferry sails again"))):
        text = text[: fact.start] + text[fact.end :]
    assert [line for line in text.splitlines() if line.strip()] == [
        "The ferry sails on Monday.",
        "It will sail three times a week, the minister said, with help from volunteers.",
    ]


def test_three_lines_of_a_syndicate_are_one_credit() -> None:
    text = "The end.\n\n©2018 The Harbour Pilot (Merrow, Va.)\nVisit The Harbour Pilot at pilot.example\nDistributed by Lighthouse Agency, LLC."
    (credit,) = read(text, a_context())
    assert isinstance(credit, CreditLine)
    assert credit.holder == "The Harbour Pilot"
    assert credit.site == "pilot.example"
    assert credit.distributor == "Lighthouse Agency, LLC"
    assert text[credit.start : credit.end] == credit.raw


def test_distributed_by_never_names_the_holder() -> None:
    (credit,) = read("Story.\n\nDistributed by Lighthouse Agency, LLC.", a_context())
    assert isinstance(credit, CreditLine)
    assert credit.holder is None


def test_sentences_that_sound_like_credits_stay() -> None:
    story = (
        "Visit any harbour at dawn and you will see the nets.\n\n"
        "The film was distributed by a firm that no longer exists.\n\n"
        "By the time the ferry came, nobody was waiting."
    )
    assert read(story, a_context()) == ()


def test_a_list_that_opens_with_the_headline_keeps_it() -> None:
    assert (
        read("Night ferry sails\n\nOther news of the day", a_context(headline="Night ferry sails"))
        == ()
    )
