"""Texts for tests: invented prose that is the same each time, and unlike any other."""

from hashlib import blake2b

_NOUNS = [
    *("harbour", "council", "ferry", "bridge", "teacher", "engine"),
    *("winter", "budget", "island", "market", "river", "school"),
]
_VERBS = ["opened", "closed", "repaired", "inspected", "delayed", "approved", "painted", "flooded"]
_PLACES = ["Merrow", "Calloway", "Thornby", "Estwick", "Pelling", "Oxmoor", "Danforth", "Rusk"]
_ENDS = ["before noon", "on a cold morning", "after a debate", "a third time", "without a word"]


def a_story(seed: str, words: int = 200) -> str:
    """Write prose of at least so many words; another seed tells another story."""
    said: list[str] = []
    number = 0
    while sum(len(one.split()) for one in said) < words:
        draw = blake2b(f"{seed} {number}".encode(), digest_size=12).digest()
        pick = [
            part[byte % len(part)]
            for part, byte in zip(
                (_NOUNS, _VERBS, _NOUNS, _PLACES, _ENDS, _NOUNS), draw, strict=False
            )
        ]
        figure = int.from_bytes(draw[6:8], "big") % 900 + 10
        said.append(
            f"The {pick[0]} {pick[1]} the {pick[2]} of {pick[3]} {pick[4]}, and {figure} people "
            f"of the {pick[5]} {draw[8:].hex()} saw it"
        )
        number += 1
    return ". ".join(said) + "."
