"""Cheap questions asked of long lines before any form is: most lines are plain story."""

import re

_OPENS = re.compile(
    r"embargo|sperrfrist|kill|hold|correct|clarif|editor|\beds\b|\bnote|updat|\badd|withdraw|retract|attention|berichtig|korrektur|rectif|recast|refile|repeat|anmerkung|not for release|do not|achtung|annul|記者|記事|訂正|更正|정정",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"©|\(c\)|copyright|ⓒ|report|writ|edit|contribut|assist|help|publish|print|appear|licen[cs]|permission|creative|rights|distribut|syndicat|visit |correct|clarif|\bnote|updat|version|quelle|source|fuente|fonte|"
    r"material|agenc|avec|informa|removed|withdraw|colab|mitarbeit|redak|rédac|redac|édit|reporta|kill|hold|apolog|error|lifeline|hotline|suicide|\bai\b|automat|satir|lizenz|publi|erschien|verscheen|저작|기자|전재|记者|記者|编辑|編輯|責任|责任|版|転載|禁|翻訳|حقوق|права|"
    r"views|opinions|reach|follow|@|\)\W*$|--|—\s*\w+\W*$|__",
    re.IGNORECASE,
)
HEAD, SHORT = 160, 60


def opens_a_message(line: str) -> bool:
    """Say whether a long line may be a message to editors or readers, by its first words."""
    return _OPENS.search(line, 0, HEAD) is not None


def may_end(line: str) -> bool:
    """Say whether a line may be a credit of any kind; short ones always may."""
    return len(line) <= SHORT or _ENDS.search(line) is not None
