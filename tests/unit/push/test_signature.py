import hmac

import pytest

from syndicator.push import is_signed

BODY = b"<rss/>"


def signed(method: str) -> str:
    return f"{method}={hmac.new(b's3cret', BODY, method).hexdigest()}"


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_every_recognized_method(method: str) -> None:
    assert is_signed("s3cret", signed(method), BODY)
    assert is_signed("s3cret", signed(method).upper(), BODY)
    assert not is_signed("s3cret", signed(method), BODY + b" ")
    assert not is_signed("other", signed(method), BODY)


def test_the_published_example_of_hmac_sha256() -> None:
    # RFC 4231 §4.3, test case 2.
    header = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert is_signed("Jefe", header, b"what do ya want for nothing?")


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "sha1",
        "sha256=",
        "=",
        signed("md5"),
        signed("sha224"),
        signed("sha256").removeprefix("sha256="),
        "sha1=" + signed("sha256").removeprefix("sha256="),
        "sha256=☃",
        "sha256=\udcff",
    ],
)
def test_what_is_no_signature(header: str | None) -> None:
    assert not is_signed("s3cret", header, BODY)
