import pytest

from syndicator.credit.advisory import read_advisory
from tests.builders import a_context

CONTEXT = a_context()


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("KILL KILL KILL", "kill"),
        ("BC-Ferry-Fire, KILL\nEDITORS: Kill the story. It is based on a false report.", "kill"),
        ("Achtung Redaktionen: Bitte verwenden Sie die Meldung nicht.", "kill"),
        ("Veuillez ne pas utiliser notre dépêche «Le port rouvre».", "kill"),
        ("HOLD: Please hold the item dpa 0412.", "hold"),
        ("STORY WITHDRAWN: Harbour to reopen", "withdraw"),
        ("This article has been taken down.", "tombstone"),
        ("(This Nov. 12 story has been refiled to fix a typo)", "refile"),
        ("(Corrects spelling of Merrow in paragraph 3)", "correction"),
        ("(Adds analyst comment, background)", "writethru"),
        ("UPDATE 2-Merrow harbour to reopen", "writethru"),
        ("(Agrega detalles, contexto)", "writethru"),
        ("(EDITORS: BEGIN OPTIONAL TRIM)", "trim_mark"),
        ("Eds: Moving on general news services.", "advisory"),
        ("Correction: An earlier version misspelled the name of Owen Castell.", "correction"),
        ("Korrektur vom 3. August: Die Fähre gehört dem Kreis.", "correction"),
        ("【訂正】開港年を1912年に訂正しました。", "correction"),
        ("Clarification: The vote was not binding.", "clarification"),
        ("This is a developing story and will be updated.", "update"),
        ("Editor’s note: Names have been changed.", "editors_note"),
        ("ATTENTION EDITORS: for use only by subscribers", "usage_note"),
    ],
)
def test_messages_about_copy(line: str, action: str) -> None:
    found = read_advisory(line, CONTEXT)
    assert found is not None
    assert found.action == action


def test_words_to_readers_stay_and_words_to_editors_go() -> None:
    readers = read_advisory("Editor’s note: Names have been changed.", CONTEXT)
    editors = read_advisory("(Adds analyst comment, background)", CONTEXT)
    assert readers is not None
    assert editors is not None
    assert (readers.cut, editors.cut) == (False, True)


@pytest.mark.parametrize(
    "line",
    [
        "If you need help, call the national helpline on 555-0134.",
        "This article was produced with the help of artificial intelligence.",
        "Note: This article is satire.",
    ],
)
def test_helplines_satire_and_machines_stay(line: str) -> None:
    found = read_advisory(line, CONTEXT)
    assert found is not None
    assert not found.cut


@pytest.mark.parametrize(
    "line",
    [
        "Kill the lights and lock the door, the captain shouted.",
        "Castell has withdrawn from the race for harbour master.",
        "The article was removed from the constitution in 1921.",
        "Annulation du vol : quels sont vos droits ?",
        "Correction: Making a Mockery of Money",
        "Adds Solberg: “We were never asked.”",
        "Repeats itself, history does, said the old captain.",
        "Update your browser to continue.",
        "An earlier version of the bill would have closed the harbour.",
        "Note how the light falls on the quay.",
        "ATTENTION EDITORS - THIS PICTURE WAS PROVIDED BY A THIRD PARTY.",
    ],
)
def test_stories_headlines_and_pictures_are_none(line: str) -> None:
    assert read_advisory(line, CONTEXT) is None
