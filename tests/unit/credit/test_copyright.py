import pytest

from syndicator.credit.copyright import party, read_copyright
from syndicator.credit.rights_line import read_rights_line
from syndicator.model.credit import Scope
from tests.builders import a_context

CONTEXT = a_context()


@pytest.mark.parametrize(
    ("line", "holder", "year", "site", "distributor"),
    [
        ("©2023 Harbour Tribune. Visit harbour.example. Distributed by Tribune Content Agency, LLC.", "Harbour Tribune", 2023, "harbour.example", "Tribune Content Agency, LLC"),
        ("(c)2014 The Harbour Pilot (Merrow, Va.)\nVisit The Harbour Pilot at www.pilot.example\nDistributed by MCT Information Services", "The Harbour Pilot", 2014, "www.pilot.example", "MCT Information Services"),
        ("Copyright 2021 Nora Winfield, distributed exclusively by Cagle Cartoons newspaper syndicate.", "Nora Winfield", 2021, None, "Cagle Cartoons newspaper syndicate"),
        ("c.2011 New York Times News Service", "New York Times News Service", 2011, None, None),
        ("© dpa-infocom, dpa:210512-99-567890/3", "dpa-infocom", None, None, None),
        ("Tous droits réservés. © (2019) Agence France-Presse", "Agence France-Presse", 2019, None, None),
        ("™ & © 2019 Cable News Network, Inc., a Time Warner Company. All rights reserved.", "Cable News Network, Inc.", 2019, None, None),
        ("Entire contents copyright 2010 by Harbor Light Publishing", "Harbor Light Publishing", 2010, None, None),
        ("Copyright © 2023. All Rights Reserved by Merrow Post.", "Merrow Post", 2023, None, None),
        ("© 0 Reuters. All Rights Reserved.", "Reuters", None, None, None),
        ("저작권자 © 뉴시스. 무단전재 및 재배포 금지", "뉴시스", None, None, None),
        ("Copyright 2021 © Bennett & Co. Ltd. For reprint rights: Times Syndication Service", "Bennett & Co. Ltd.", 2021, None, None),
    ],
)  # fmt: skip
def test_holder_year_site_and_distributor_stay_apart(
    line: str, holder: str, year: int | None, site: str | None, distributor: str | None
) -> None:
    found = read_copyright(line, CONTEXT)
    assert found is not None
    assert (found.holder, found.year, found.site, found.distributor) == (
        holder,
        year,
        site,
        distributor,
    )


def test_a_range_of_years_is_a_sites() -> None:
    found = read_copyright("© 1998-2019 Lakeside Newspapers, Inc. All rights reserved.", CONTEXT)
    assert found is not None
    assert (found.year_from, found.year, found.scope) == (1998, 2019, Scope.SITE)


@pytest.mark.parametrize(
    "line",
    [
        "The copyright on the song expired in 2021.",
        "Copyright 2.0: how the courts caught up",
        "© is the symbol used since the 19th century.",
        "© marks the spot, the old joke goes.",
        "First published in 1998 by Merrow House. Copyright © 1998 Marit Solberg. ISBN 978-0-00-000000-2",
        "Holy Writ, copyright © 1996, 2004, 2015 by Merrow House. Used by permission.",
    ],
)
def test_prose_and_imprints_are_none(line: str) -> None:
    assert read_copyright(line, CONTEXT) is None


@pytest.mark.parametrize(
    ("line", "distributor", "site"),
    [
        ("Distributed by Tribune News Service.", "Tribune News Service", None),
        ("DISTRIBUTED BY ANDREWS MCMEEL SYNDICATION FOR UFS", "ANDREWS MCMEEL SYNDICATION", None),
        (
            "To find out more about Nora Winfield, visit the Creators Syndicate website at www.creators.com.",
            None,
            "www.creators.com",
        ),
    ],
)
def test_who_passes_on_is_no_holder(line: str, distributor: str | None, site: str | None) -> None:
    found = read_rights_line(line, CONTEXT)
    assert found is not None
    assert (found.holder, found.distributor, found.site) == (None, distributor, site)


@pytest.mark.parametrize(
    "line",
    [
        "The drug is distributed by Harbour Pharma.",
        "Visit Merrow in March.",
        "To donate, visit www.harbourfund.example.",
        "Leaflets distributed by the union called for a strike.",
    ],
)
def test_visits_and_distribution_in_stories_are_none(line: str) -> None:
    assert read_rights_line(line, CONTEXT) is None


def test_a_party_ends_with_its_sentence() -> None:
    assert party("Harbour Agency, LLC. All rights reserved.") == "Harbour Agency, LLC"
