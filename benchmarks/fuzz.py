"""``make fuzz``: hostile bytes at everything that reads foreign text, for a bounded time.

Each target runs in a process of its own under libFuzzer (through Atheris),
guided by coverage of our code. An exception that is not a refusal, an input
that takes over five seconds, or memory over the limit ends the run with the
input that did it kept beside.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

PER_INPUT_SECONDS, MEMORY_MB = 5, 1500
RSS = (
    b'<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    b'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    b'xmlns:media="http://search.yahoo.com/mrss/"><channel><title>T</title><ttl>60</ttl>'
    b"<item><title>One &amp; two</title><link>https://a.example/1</link><guid>1</guid>"
    b"<pubDate>Tue, 24 Nov 2026 12:00:00 GMT</pubDate><dc:creator>Ada Quill</dc:creator>"
    b"<media:content url='https://a.example/1.jpg' medium='image'><media:credit>Jo</media:credit>"
    b"</media:content><content:encoded><![CDATA[<p>By Ada Quill</p><p>BERGEN (AP) - It sails."
    b"</p><p>&copy;2026 Harbour Co.</p>]]></content:encoded></item></channel></rss>"
)
ATOM = (
    b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/"><title>T</title>'
    b"<id>urn:1</id><updated>2026-11-24T12:00:00Z</updated><entry><id>urn:2</id><title>One</title>"
    b'<link href="/1"/><link rel="license" href="https://creativecommons.org/licenses/by/4.0/"/>'
    b'<updated>2026-11-24T12:00:00Z</updated><content type="xhtml"><div '
    b'xmlns="http://www.w3.org/1999/xhtml"><p>It sails.</p></div></content></entry></feed>'
)
JSON = b'{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","content_html":"<p>It sails.</p>"}]}'
NINJS = (
    b'{"uri":"u","type":"text","headline":"H","body_html":"<p>It sails.</p>","pubstatus":"usable"}'
)
NITF = b"<nitf><head><docdata><doc-id id-string='1'/></docdata></head><body><body.head><hedline><hl1>H</hl1></hedline></body.head><body.content><p>It sails.</p></body.content></body></nitf>"
WIRE = b"\x01abc001 3 i 9\r\nPort\r\n\x02Title =\r\n\r\nText.\r\n\x03041705 GMT Feb 25\r\n\x04"
ANPA = b"\x16\x16\x01a0473\x1fr i\x13\x11bc-ferry, 01-02 0100\x02^BC-Ferry,1st Ld<\n^By ADA QUILL=\n^BERGEN (AP) _ It sails.\n\x03\x04"
MARKUP = b"<p>By Ada<br>Quill</p><table><tr><td>x</table><img src=a.png onerror=x><svg><p>y</svg>"
CREDIT = "By Ada Quill, Harbour News\n\nBERGEN (AP) — It sails.\n\nWith assistance from Jo Marsh.\n\n©2026 Harbour Co. Visit harbour.example. Distributed by Tribune Content Agency, LLC.\n\nEMBARGOED UNTIL 6 PM EST NOV 24"
SEEDS: dict[str, tuple[bytes, ...]] = {
    "document": (RSS, ATOM, JSON, NINJS, NITF, WIRE, ANPA),
    "markup": (MARKUP,),
    "credit": (CREDIT.encode(),),
}


def _document() -> Callable[[bytes], None]:
    from datetime import UTC, datetime

    from syndicator.credit import Houses
    from syndicator.errors import ReadError
    from syndicator.ingest import Profile, read
    from syndicator.model.entry import Document
    from syndicator.model.ids import SourceId
    from syndicator.settings.houses import built_in_houses

    houses, now = Houses(built_in_houses()), datetime(2026, 11, 24, 12, tzinfo=UTC)
    profile = Profile(source=SourceId("a"), publisher="a", articles=True)

    def one(data: bytes) -> None:
        try:
            read(Document(url="https://a.example/f", body=data), profile, now, houses)
        except ReadError:
            return

    return one


def _markup() -> Callable[[bytes], None]:
    from syndicator.ingest.markup import Markup

    unsafe = re.compile(
        r"<(?:script|iframe|object|embed|style|form)\b|\son\w+\s*=|javascript:", re.IGNORECASE
    )

    def one(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        for is_html in (True, False):
            markup = Markup(text, is_html=is_html, base="https://a.example/")
            tags = re.sub(r'"[^"]*"', '""', markup.html())
            found = unsafe.search("".join(re.findall(r"<[^>]*>", tags)))
            if found:
                raise AssertionError(f"unsafe: {found.group()}")

    return one


def _credit() -> Callable[[bytes], None]:
    from syndicator.credit import Context, Houses, read
    from syndicator.settings.houses import built_in_houses

    context = Context(houses=Houses(built_in_houses()))

    def one(data: bytes) -> None:
        text, place = data.decode("utf-8", "replace"), 0
        for fact in read(text, context):
            if not place <= fact.start <= fact.end <= len(text):
                raise AssertionError(f"a fact out of place: {fact}")
            place = fact.end

    return one


TARGETS = {"document": _document, "markup": _markup, "credit": _credit}


def fuzz(target: str, folder: Path, seconds: int) -> None:
    """Run one target in this process; libFuzzer ends it."""
    import atheris

    with atheris.instrument_imports(include=["syndicator"]):
        one = TARGETS[target]()
    arguments = [
        sys.argv[0],
        f"-max_total_time={seconds}",
        f"-timeout={PER_INPUT_SECONDS}",
        f"-rss_limit_mb={MEMORY_MB}",
        "-max_len=20000",
        f"-artifact_prefix={folder}/",
        str(folder / "corpus"),
    ]
    atheris.Setup(arguments, one)
    atheris.Fuzz()


def main() -> int:
    """Run every target, one after another, and print what came of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--target", choices=TARGETS)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.folder:
        fuzz(options.target, options.folder, options.seconds)
        return 0
    failed = 0
    print(f"{'target':<10} {'inputs':>8} {'a second':>9} {'peak MB':>8}  result")
    for target in [options.target] if options.target else TARGETS:
        folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{target}-"))
        (folder / "corpus").mkdir()
        for number, seed in enumerate(SEEDS[target]):
            (folder / "corpus" / f"seed{number}").write_bytes(seed)
        command = [sys.executable, __file__, "--target", target, "--folder", str(folder)]
        done = subprocess.run(
            [*command, "--seconds", str(options.seconds)], capture_output=True, check=False
        )
        said = done.stderr.decode("utf-8", "replace")
        runs = [int(one) for one in re.findall(r"^#(\d+)\s", said, re.MULTILINE)]
        peak = [int(one) for one in re.findall(r"rss: (\d+)Mb", said)]
        result = "sound" if done.returncode == 0 else f"FAILED, see {folder}"
        failed += done.returncode != 0
        (folder / "log.txt").write_text(said)
        most = max(runs, default=0)
        print(
            f"{target:<10} {most:>8} {most / options.seconds:>9.0f} {max(peak, default=0):>8}  {result}"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
