"""Whole article documents → Feed, one reader a format: wire text, news XML, pages, plain text.

Each reader is pure and linear in the length of what it reads. What the
format says about the story becomes fields of the ``Entry``; the story itself,
with its dateline, sign-off and credit lines, becomes ``content``.
"""
