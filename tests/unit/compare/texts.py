"""Texts of the kinds that must not be taken for copies, made up."""

from random import Random

NOUNS = """council river bridge budget minister harbour school report union court market farmer train
airport museum inquiry driver mayor storm clinic festival pipeline factory forest island tunnel
orchestra library stadium refinery senate lawyer engineer teacher voter committee lender""".split()  # noqa: SIM905
VERBS = """approved delayed criticised reopened funded expanded rejected welcomed inspected closed
defended postponed measured visited surveyed renamed""".split()  # noqa: SIM905
ENDS = """after a long debate | before the summer recess | despite several objections | in the northern
district | for the third time | without further comment | under a new agreement | on the final day
| with help from neighbours | against legal advice | at a cost nobody would name | by a narrow vote""".replace(
    "\n", " "
).split(" | ")


def prose(seed: int, sentences: int = 30) -> list[str]:
    """Return sentences that no other seed makes."""
    chance = Random(seed)  # noqa: S311 - repeatable, not secret
    return [
        f"The {chance.choice(NOUNS)} {chance.choice(NOUNS)} {chance.choice(VERBS)} the "
        f"{chance.choice(NOUNS)} near the {chance.choice(NOUNS)} {chance.choice(ENDS)}, "
        f"a {chance.choice(NOUNS)} {chance.choice(VERBS)} by the {chance.choice(NOUNS)} said."
        for _ in range(sentences)
    ]


def article(seed: int, sentences: int = 30) -> str:
    """Return an article in paragraphs of three sentences."""
    told = prose(seed, sentences)
    return "\n\n".join(" ".join(told[at : at + 3]) for at in range(0, sentences, 3))


def forecast(day: int, towns: tuple[str, ...] = ("Aberdeen", "Leeds", "Cardiff", "Dover")) -> str:
    """Return one day's forecast: the frame of every day around other figures."""
    chance = Random(day)  # noqa: S311 - repeatable, not secret
    parts = ["Here is the forecast for the coming day from the weather desk in London."]
    parts += [
        f"In {town} expect a high of {chance.randint(4, 31)} degrees and a low of "
        f"{chance.randint(-6, 15)} degrees, with a {chance.randint(1, 99)} percent chance of rain "
        f"and winds of up to {chance.randint(3, 70)} kilometres per hour from the west."
        for town in towns
    ]
    return "\n\n".join([*parts, "Check back tomorrow morning for the next forecast from the desk."])


def table(day: int) -> str:
    """Return one day's closing prices."""
    chance = Random(day)  # noqa: S311 - repeatable, not secret
    names = "Alder Birch Cedar Elm Fir Hazel Larch Maple Oak Pine Rowan Willow".split()  # noqa: SIM905
    rows = [
        f"{name} Industries closed at {chance.randint(100, 999)}.{chance.randint(10, 99)} in "
        f"trading of {chance.randint(1000, 9999)} shares"
        for name in names
    ]
    return "\n\n".join(["Closing prices of the leading shares on the exchange today:", *rows])


def horoscope(day: int) -> str:
    """Return one day's horoscope: a heading for each sign, and other words under it."""
    signs = "Aries Taurus Gemini Cancer Leo Virgo Libra Scorpio".split()  # noqa: SIM905
    told = prose(day, len(signs))
    frame = "Your stars for today, read for you by our astrologer. Find your sign below."
    return "\n\n".join(
        [frame, *(f"{name}\n\n{said}" for name, said in zip(signs, told, strict=True))]
    )


NEWSLETTER = (
    "Good morning and welcome to the Harbour Letter, your daily guide to what matters in the port.",
    "Was this email forwarded to you? Sign up here and get it in your inbox every weekday morning.",
    "You can read all our reporting on the website, and listen to the podcast wherever you like.",
    "Thank you for reading. Tell us what you think by replying to this email. See you tomorrow.",
)


def newsletter(day: int, sentences: int = 6) -> str:
    """Return one day's newsletter."""
    greeting, sign_up, more, thanks = NEWSLETTER
    return "\n\n".join([greeting, sign_up, *prose(day, sentences), more, thanks])
