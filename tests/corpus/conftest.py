"""Corpus tests are collected only where the captures are at hand."""

from pathlib import Path

SHARED = Path(__file__).parents[2].parent / "shared"
NEEDS = {
    "test_demo.py": SHARED / "corpus" / "demo12.txt",
    "test_polls.py": SHARED / "corpus" / "polls",
    "test_copies.py": SHARED / "corpus" / "polls",
    "test_native_judge.py": SHARED / "corpus" / "captures",
    "test_round_trip.py": SHARED / "corpus" / "captures",
    "test_same_bytes.py": SHARED / "corpus" / "polls",
    "test_sanitizer.py": SHARED / "corpus" / "feedparser" / "tests",
    "test_native_cases.py": SHARED / "corpus" / "feedparser" / "cases.jsonl",
    "test_articles.py": SHARED / "credit" / "articles",
}
collect_ignore = [test for test, captures in NEEDS.items() if not captures.exists()]
