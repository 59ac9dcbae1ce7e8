"""Compare lint with another validator over a folder of feeds.

    python benchmarks/lint_judge.py EVENTS.jsonl FOLDER

EVENTS.jsonl holds one JSON object a line, of one file each: ``file``, ``errors``
and ``warnings``, both lists of objects whose ``type`` is the name of a rule, as
a runner of the W3C feed validator writes them. Files without a verdict
(``"ok": null``) are passed over.
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

from syndicator.adapters.clock import SystemClock
from syndicator.lint import Level, lint

UNREADABLE = {"SAXError", "WPBlankLine", "UnicodeError", "UndefinedNamedEntity", "MissingNamespace"}


def main(events: Path, folder: Path) -> None:
    """Print how often both agree, and each rule on which they do not."""
    now = SystemClock().now()
    verdicts: Counter[tuple[bool, bool]] = Counter()
    apart: dict[str, list[str]] = defaultdict(list)
    both = 0
    for line in events.read_text().splitlines():
        row = json.loads(line)
        if row["ok"] is None:
            continue
        name = Path(row["file"]).name
        found = lint((folder / name).read_bytes(), now=now)
        ours = {one.rule for one in found if one.level is Level.ERROR}
        named = {one.rule for one in found}
        theirs = {one["type"] for one in row["errors"]}
        verdicts[not theirs, not ours] += 1
        both += len(theirs & ours)
        ill = " (unreadable)" if UNREADABLE & (theirs | ours) else ""
        for rule in theirs - ours:
            weaker = ", weaker here" if rule in named else ""
            apart[f"error of theirs{weaker}: {rule}{ill}"].append(name)
        for rule in ours - theirs:
            apart[f"error of ours: {rule}{ill}"].append(name)
        for rule in {one["type"] for one in row["warnings"]} - named:
            apart[f"warning of theirs: {rule}{ill}"].append(name)
    for (theirs_ok, ours_ok), count in sorted(verdicts.items()):
        print(
            f"theirs {'fine' if theirs_ok else 'errors'}, ours {'fine' if ours_ok else 'errors'}: {count}"
        )
    print(f"errors both name: {both}")
    for what, names in sorted(apart.items(), key=lambda pair: (pair[0][:8], -len(pair[1]))):
        print(f"{len(names):4}  {what}  {names[0]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
