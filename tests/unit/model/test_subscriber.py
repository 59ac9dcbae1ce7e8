from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from pydantic import ValidationError

from syndicator.model.ids import SubscriberId, TopicId
from syndicator.model.outlet import outlet_of
from syndicator.model.subscriber import Reader, Subscriber, hashed, is_token
from syndicator.model.topic import Audience, Topic

SALT = bytes(range(16))
TOKEN = "syn_a-token"
WIRE = TopicId("wire")


def a_subscriber(**fields: object) -> Subscriber:
    return Subscriber.model_validate({"token": hashed(TOKEN, SALT), **fields})


def a_reader(**fields: object) -> Reader:
    return Reader(id=SubscriberId("coast"), terms=a_subscriber(**fields))


def test_a_hash_holds_its_salt_and_not_its_token() -> None:
    stored = hashed(TOKEN, SALT)
    assert stored.startswith(f"sha256:{SALT.hex()}:")
    assert TOKEN not in stored
    assert stored != hashed(TOKEN, SALT[::-1])


@pytest.mark.parametrize("token", ["syn_a-token ", "SYN_A-TOKEN", "", "\ud800", "é" * 9, "x" * 99])
def test_only_the_token_itself_is_the_token(token: str) -> None:
    assert is_token(TOKEN, hashed(TOKEN, SALT))
    assert not is_token(token, hashed(TOKEN, SALT))


@pytest.mark.parametrize(
    "token", [TOKEN, "", "sha256:", "sha256:00:11", hashed(TOKEN, SALT)[:-1], 7, None, ["x"]]
)
def test_a_token_in_the_file_is_refused_without_being_repeated(token: object) -> None:
    with pytest.raises(ValidationError, match="subscribers add") as caught:
        a_subscriber(token=token)
    assert TOKEN not in str(caught.value.errors(include_input=False))


def test_expiry_is_a_day_in_utc() -> None:
    one = a_subscriber(expires=date(2026, 12, 1))
    last = datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)
    assert one.trouble(last) is None
    assert one.trouble(last + timedelta(seconds=1)) == "expired"
    east = timezone(timedelta(hours=9))
    assert one.trouble(datetime(2026, 12, 1, 8, 59, tzinfo=east)) is None
    assert a_subscriber(revoked=True, expires=date(2026, 1, 1)).trouble(last) == "revoked"


def test_topics_are_those_listed_and_never_a_public_one() -> None:
    private, public = Topic(title="W", audience=Audience.SUBSCRIBERS), Topic(title="W")
    assert a_subscriber().may_read(WIRE, private)
    assert a_subscriber(topics="wire").may_read(WIRE, private)
    assert not a_subscriber(topics=["other"]).may_read(WIRE, private)
    assert not a_subscriber(topics=["wire"]).may_read(WIRE, public)


def test_the_outlet_is_the_topic_where_the_subscriber_reads_it() -> None:
    topic = Topic(title="W", audience=Audience.SUBSCRIBERS, territories=("DE", "AT"))
    plain = outlet_of(WIRE, topic)
    assert outlet_of(WIRE, topic, a_reader()) == plain
    assert (plain.territories, plain.paywall, plain.commercial) == (("DE", "AT"), True, False)
    own = outlet_of(WIRE, topic, a_reader(territories=["au"], commercial=True))
    assert (own.territories, own.commercial, own.audience) == (("AU",), True, plain.audience)
    earning = topic.model_copy(update={"commercial": True})
    assert outlet_of(WIRE, earning, a_reader()).commercial
