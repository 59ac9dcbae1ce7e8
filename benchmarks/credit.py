"""Read the credits of whole articles of about 5 KB, on one core: plain ones, and credited ones."""

import time

from syndicator.credit import Context, Houses, read
from syndicator.settings.houses import built_in_houses

ARTICLES = 2000
_SENTENCE = (
    "The ferry crossed the strait of Merrow in the rain, the harbour master said on {day}, and came "
    "back with {n} passengers who had waited since morning for the mail and for their families. "
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def _story(number: int) -> str:
    paragraphs = []
    for one in range(14):
        day = _DAYS[(number + one) % len(_DAYS)]
        paragraphs.append((_SENTENCE.format(day=day, n=number + one) * 2).strip())
    return "\n\n".join(paragraphs)


def plain(number: int) -> str:
    """Write an article that says nothing about itself."""
    return _story(number)


def credited(number: int) -> str:
    """Write one with a byline, a dateline, a sign-off and a syndicate's block."""
    return (
        "By Ines Calloway and Tomas Reyes-Lund, Harbour News\n\n"
        f"MERROW, Va. (AP) — {_story(number)}\n\n___\n\n"
        "—With assistance from Odile Marchetti.\n\n"
        "©2026 Harbour News Co. Visit harbournews.example. Distributed by Lighthouse Agency, LLC."
    )


def rates() -> dict[str, float]:
    """Return articles a second of each kind."""
    context = Context(headline="Night ferry sails again", houses=Houses(built_in_houses()))
    found = {}
    for name, make in (("nothing to read", plain), ("credited", credited)):
        texts = [make(number) for number in range(ARTICLES)]
        facts = sum(len(read(text, context)) for text in texts[:10])
        if (facts > 0) is (name == "nothing to read"):
            raise SystemExit(f"{name}: {facts} facts in ten articles")
        began = time.process_time()
        for text in texts:
            read(text, context)
        found[name] = ARTICLES / (time.process_time() - began)
    return found


if __name__ == "__main__":
    for kind, rate in rates().items():
        print(f"credit of 5 KB articles, {kind}: {rate:,.0f} a second")
