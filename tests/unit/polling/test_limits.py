from datetime import timedelta

import pytest

from syndicator.model.polling import Limit
from syndicator.polling.hosts import domain_of, host_of, is_inside, mark_of, rule_for, rule_name
from syndicator.polling.limits import answer, held, is_over, refuse, spread
from syndicator.settings.hosts import known_hosts
from tests.builders import NOW

A, B = "https://www.harbour.org/a", "https://www.harbour.org/b"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def test_one_refusal_holds_the_host_for_an_hour_at_most() -> None:
    limits = refuse({}, A, NOW + 9 * DAY, NOW)
    floor = held(limits, B, NOW)
    assert floor is not None
    assert (floor.at, floor.why) == (NOW + HOUR, "www.harbour.org asked us to wait")
    assert held(limits, B, NOW + HOUR) is None
    assert held(limits, "https://www.quay.org/", NOW) is None
    short = held(refuse({}, A, NOW + MINUTE, NOW), B, NOW)
    assert short is not None
    assert short.at == NOW + MINUTE


def test_two_addresses_hold_it_for_as_long_as_was_asked() -> None:
    limits = refuse({}, A, NOW + DAY, NOW)
    limits |= refuse(limits, B, NOW + 9 * DAY, NOW + HOUR)
    floor = held(limits, A, NOW + 2 * DAY)
    assert floor is not None
    assert floor.at == NOW + 9 * DAY


def test_the_same_address_twice_is_no_second() -> None:
    limits = refuse({}, A, NOW + DAY, NOW)
    limits |= refuse(limits, A, NOW + 9 * DAY, NOW + HOUR)
    floor = held(limits, B, NOW + HOUR)
    assert floor is not None
    assert floor.at == NOW + 2 * HOUR


def test_an_answer_shows_that_the_limit_is_an_addresss_own() -> None:
    limits = refuse({}, A, NOW + 9 * DAY, NOW)
    limits |= answer(limits, B, NOW + HOUR)
    assert held(limits, B, NOW + HOUR) is None
    limits |= refuse(limits, A, NOW + 9 * DAY, NOW + 5 * DAY)
    assert held(limits, B, NOW + 5 * DAY) is None
    limits |= refuse(limits, B, NOW + 9 * DAY, NOW + 5 * DAY + HOUR)  # it was wrong
    assert held(limits, A, NOW + 6 * DAY) is not None


def test_an_answer_to_the_refused_address_shows_nothing() -> None:
    limits = refuse({}, A, NOW + 9 * DAY, NOW)
    assert answer(limits, A, NOW + MINUTE) == {}
    assert answer(limits, B, NOW + 2 * DAY) == {}  # long after


def test_two_hosts_hold_their_domain() -> None:
    one, two, three = (f"https://{name}.harbour.co.uk/" for name in ("a", "b", "c"))
    limits = refuse({}, one, NOW + 5 * HOUR, NOW)
    assert held(limits, three, NOW) is None
    late = limits | refuse(limits, two, NOW + 5 * HOUR, NOW + 2 * HOUR)
    assert held(late, three, NOW + 2 * HOUR) is None
    limits |= refuse(limits, two, NOW + 5 * HOUR, NOW + MINUTE)
    floor = held(limits, three, NOW + MINUTE)
    assert floor is not None
    assert (floor.at, floor.why) == (NOW + 5 * HOUR, "harbour.co.uk asked us to wait")
    assert held(limits, "https://other.co.uk/", NOW + MINUTE) is None


def test_hosts_of_a_public_suffix_are_strangers() -> None:
    limits = refuse({}, "https://one.github.io/", NOW + DAY, NOW)
    limits |= refuse(limits, "https://two.github.io/", NOW + DAY, NOW)
    assert held(limits, "https://three.github.io/", NOW) is None


def test_a_busy_server_holds_others_only_when_two_say_so() -> None:
    limits = refuse({}, A, NOW + HOUR, NOW, busy=True)
    assert held(limits, B, NOW) is None
    limits |= refuse(limits, B, NOW + HOUR, NOW, busy=True)
    assert held(limits, "https://www.harbour.org/c", NOW) is not None


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.1.2.3", "[::1]", "localhost", "rsshub", "nas.local", "[fe80::1%25eth0]"],
)
def test_what_stands_inside_is_never_held_together(host: str) -> None:
    assert refuse({}, f"http://{host}:1200/a", NOW + DAY, NOW) == {}


def test_those_held_do_not_come_back_together() -> None:
    floor = held(refuse({}, A, NOW + DAY, NOW), B, NOW)
    assert floor is not None
    times = {spread(floor, f"s{n}", NOW) for n in range(50)}
    assert len(times) > 45
    assert min(times) >= floor.at
    assert max(times) <= floor.at + 10 * MINUTE


def test_a_limit_is_forgotten_when_nothing_of_it_is_left() -> None:
    (limit, *_) = refuse({}, A, NOW + 2 * DAY, NOW).values()
    assert not is_over(limit, NOW + HOUR)
    assert is_over(limit, NOW + 2 * DAY)
    narrow = Limit(members=limit.members, narrow=NOW)
    assert not is_over(narrow, NOW + 20 * DAY)
    assert is_over(narrow, NOW + 31 * DAY)


def test_members_are_few_however_many_are_refused() -> None:
    limits: dict[str, Limit] = {}
    for number in range(100):
        limits |= refuse(limits, f"https://www.harbour.org/{number}", NOW + DAY, NOW)
    assert len(limits["www.harbour.org"].members) <= 8


def test_hosts_and_domains() -> None:
    assert host_of("https://ME:pw@WWW.Harbour.ORG.:8443/x") == "www.harbour.org"
    assert host_of("http://[") == ""
    assert domain_of("https://a.b.harbour.co.uk/") == "harbour.co.uk"
    assert domain_of("https://192.0.2.1/") is None
    assert is_inside("")
    assert not is_inside("harbour.org")
    assert len(mark_of("https://x/\udcff")) == 12


def test_known_hosts_are_found_by_any_name_under_them() -> None:
    rules = known_hosts()
    assert rule_for(rules, "https://old.reddit.com/r/x.rss").interval == MINUTE
    assert rule_name(rules, "https://old.reddit.com/r/x.rss") == "reddit.com"
    assert rule_for(rules, "https://notreddit.com/").interval is None
    assert rule_name(rules, "https://www.harbour.org/") == "www.harbour.org"
    assert all(rule.why for rule in rules.values())
