import pytest

from syndicator.credit.terms import terms_named


@pytest.mark.parametrize(
    ("notice", "named"),
    [
        ("© 2026 Harbour News", ()),
        ("CC BY-ND 4.0", ("CC-BY-ND-4.0",)),
        ("Licensed CC-BY-NC-SA.", ("CC-BY-NC-SA (version not stated)",)),
        ("CC BY NC ND 3.0, © Harbour", ("CC-BY-NC-ND-3.0",)),
        ("Text: CC0. Pictures differ.", ("CC0-1.0",)),
        ("cc-by-nc-4.0", ("CC-BY-NC-4.0",)),
        ("cc0", ("CC0-1.0",)),
        (
            "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International",
            ("CC-BY-NC-ND-4.0",),
        ),
        ("creative commons attribution, share alike 3.0", ("CC-BY-SA-3.0",)),
        ("Creative Commons Attribution 2.5 Generic", ("CC-BY-2.5",)),
        ("See https://creativecommons.org/licenses/by/4.0/.", ("https://creativecommons.org/licenses/by/4.0/",)),
        ("Some Creative Commons licence", ("Creative Commons (version not stated)",)),
        ("This is in the public domain.", ("public-domain",)),
        ("This is not in the public domain.", ()),
        ("© laut.de. Alle Rechte vorbehalten.", ("all-rights-reserved",)),
        ("Tous droits réservés", ("all-rights-reserved",)),
        ("ⓒ 연합뉴스, 무단 전재-재배포 금지", ("all-rights-reserved",)),
        ("The ACCBYNE club; CC by email; cc bystander", ()),
        ("", ()),
        (None, ()),
    ],
)  # fmt: skip
def test_a_notice_names_a_licence_in_words(notice: str | None, named: tuple[str, ...]) -> None:
    assert set(terms_named(notice)) == set(named)
