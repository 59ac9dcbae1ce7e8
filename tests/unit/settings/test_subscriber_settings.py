from pathlib import Path

import pytest

from syndicator.errors import SettingsError
from syndicator.model.clearance import Form
from syndicator.model.ids import SubscriberId
from syndicator.model.subscriber import hashed
from syndicator.settings import load
from syndicator.settings.edit import add_subscriber, remove_subscriber, revoke_subscriber

HASH, OTHER, THIRD = (hashed(one, bytes(16)) for one in ("syn_x", "syn_y", "syn_z"))
FILES = {
    "sources": "sources: {}\n",
    "licenses": "licenses:\n  wire: {text: full}\n",
    "topics": "topics:\n  world: {title: World}\n  desk: {title: D, audience: subscribers}\n",
}


def write(folder: Path, subscribers: str | None) -> Path:
    config = folder / "config"
    config.mkdir()
    for name, text in FILES.items():
        (config / f"{name}.yaml").write_text(text)
    if subscribers is not None:
        (config / "subscribers.yaml").write_text(subscribers)
    return config


def test_the_file_may_be_missing_or_empty(tmp_path: Path) -> None:
    config = write(tmp_path, None)
    assert load(config, {}).subscribers == {}
    (config / "subscribers.yaml").write_text("subscribers:\n")
    assert load(config, {}).subscribers == {}


def test_values_arrive(tmp_path: Path) -> None:
    config = write(
        tmp_path,
        f"subscribers:\n  coast: {{token: '{HASH}', topics: desk, licenses: [wire, cc-by-4.0], "
        "territories: [au], forms: excerpt, expires: 2027-01-01, rate: 5, commercial: true}\n",
    )
    one = load(config, {}).subscribers[SubscriberId("coast")]
    assert (one.token, one.topics, one.licenses) == (HASH, ("desk",), ("wire", "cc-by-4.0"))
    assert (one.territories, one.forms, one.rate) == (("AU",), Form.EXCERPT, 5)
    assert (str(one.expires), one.commercial) == ("2027-01-01", True)


@pytest.mark.parametrize(
    ("line", "place", "message"),
    [
        ("token: syn_secret", "3:5", "must be the hash that `syndicator subscribers add` writes"),
        (f"token: {HASH}\n    topic: desk", "4:5", "unknown key; did you mean topics?"),
        (f"token: {HASH}\n    topics: [dsk]", "4:14", "no topic 'dsk'; did you mean desk?"),
        (f"token: {HASH}\n    topics: dsk", "4:5", "no topic 'dsk'; did you mean desk?"),
        (f"token: {HASH}\n    topics: [world]", "4:14", "world is for everyone"),
        (f"token: {HASH}\n    licenses: [wir]", "4:16", "no licence 'wir'; did you mean wire?"),
        (f"token: {HASH}\n    licenses: [stated]", "4:16", "no licence 'stated'"),
        (f"token: {HASH}\n    territories: [UK]", "4:19", "did you mean GB?"),
        (f"token: {HASH}\n    forms: nothing", "4:5", "must be full, excerpt or headline"),
        (f"token: {HASH}\n    forms: headlines", "4:5", "did you mean headline?"),
        (f"token: {HASH}\n    rate: 0", "4:5", "must be at least 1"),
        (f"token: {HASH}\n    expires: soon", "4:5", "date"),
        ("rate: 5", "2:3", "is missing; coast needs it"),
    ],
)
def test_faults_are_named_with_their_place(
    tmp_path: Path, line: str, place: str, message: str
) -> None:
    config = write(tmp_path, f"subscribers:\n  coast:\n    {line}\n")
    with pytest.raises(SettingsError) as caught:
        load(config, {})
    (one,) = caught.value.problems
    assert str(one).startswith(f"config/subscribers.yaml:{place}: subscribers.coast")
    assert message in one.message
    assert "secret" not in str(one)


def test_ids_and_tokens_are_each_ones_own(tmp_path: Path) -> None:
    config = write(
        tmp_path,
        f"subscribers:\n  coast: {{token: '{HASH}'}}\n  b@d: {{token: '{HASH.upper()}'}}\n",
    )
    with pytest.raises(SettingsError) as caught:
        load(config, {})
    said = [f"{one.line}:{one.column} {one.key} {one.message}" for one in caught.value.problems]
    assert [one.split()[:2] for one in said] == [
        ["3:3", "subscribers.b@d"],
        ["3:9", "subscribers.b@d.token"],
    ]
    assert "an id is" in said[0]
    assert "is that of coast" in said[1]


TEXT = f"""\
# head
subscribers:
  # the first
  first:
    token: {HASH}   # its own
    topics: [ desk ]
  second: {{token: "{OTHER}"}}
# foot
"""


def test_edits_touch_the_lines_of_one_subscriber(tmp_path: Path) -> None:
    config = write(tmp_path, TEXT)
    path = config / "subscribers.yaml"
    add_subscriber(config, SubscriberId("third"), {"token": THIRD, "topics": ["desk"], "rate": 5})
    added = f"  third:\n    token: {THIRD}\n    topics: [desk]\n    rate: 5\n"
    assert path.read_text() == TEXT.replace("# foot", added + "# foot")
    revoke_subscriber(config, SubscriberId("first"))
    assert "    topics: [ desk ]\n    revoked: true\n" in path.read_text()
    revoke_subscriber(config, SubscriberId("second"))
    found = load(config, {}).subscribers
    assert [one.revoked for one in found.values()] == [True, True, False]
    remove_subscriber(config, SubscriberId("third"))
    assert "third" not in path.read_text()
    assert "# its own" in path.read_text()


def test_a_file_without_entries_keeps_its_comments(tmp_path: Path) -> None:
    config = write(tmp_path, "# head\nsubscribers:\n#  example:\n#    token: x\n")
    add_subscriber(config, SubscriberId("coast"), {"token": HASH})
    text = (config / "subscribers.yaml").read_text()
    assert (
        text == f"# head\nsubscribers:\n  coast:\n    token: {HASH}\n#  example:\n#    token: x\n"
    )


def test_unknown_and_taken_names_are_refused(tmp_path: Path) -> None:
    config = write(tmp_path, TEXT)
    with pytest.raises(SettingsError, match="did you mean second"):
        revoke_subscriber(config, SubscriberId("secnd"))
    with pytest.raises(SettingsError, match="a subscriber of that name already"):
        add_subscriber(config, SubscriberId("first"), {"token": HASH})
    assert (config / "subscribers.yaml").read_text() == TEXT
