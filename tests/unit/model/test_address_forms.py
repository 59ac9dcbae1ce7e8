"""The short way to compare addresses says what the long way says."""

from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st

from syndicator.model.address import canonical, plain_guid

HOSTS = st.sampled_from(
    [
        "h.example",
        "www.h.example",
        "www.www.h.example",
        "WWW.H.example",
        "h",
        "h..example",
        "h.example:80",
        "a@h.example",
    ]
)
PATHS = st.text(st.sampled_from("aB9/.%~-_;?#&="), max_size=12)


@given(scheme=st.sampled_from(["http", "https"]), host=HOSTS, path=PATHS)
def test_canonical_and_guid_agree_with_the_parts_of_the_address(
    scheme: str, host: str, path: str
) -> None:
    url = f"{scheme}://{host}/{path}"
    parts = urlsplit(url)
    if parts.query or parts.fragment or "#" in url or "?" in url:
        return
    bare = (parts.hostname or "").removeprefix("www.")
    kept = parts.path.rstrip("/")
    expected = f"{bare}{kept}" if bare and kept else None
    if not parts.port:
        assert canonical(url) == expected
    plain = f"//{parts.netloc.lower().removeprefix('www.')}{kept}"
    assert plain_guid(url, fold=False) == plain
    assert plain_guid(url) == plain.casefold()
