"""How the desk speaks: one canonical line for each poll, delivery and release."""

import logging
import sys
from typing import Any, TextIO, cast

import structlog

from syndicator.outcome import Result

log = structlog.get_logger()


class _Stderr:
    """Standard error as it is at the moment of writing: a progress bar stands in for it."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def set_up(style: str) -> None:
    """Log to standard error: coloured on a terminal, plain in a pipe, or JSON when asked.

    ``style`` is ``auto``, ``plain`` or ``json``.
    """
    terminal = style == "auto" and sys.stderr.isatty()
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=terminal, pad_event_to=14)
        if terminal
        else structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"])
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(cast("TextIO", _Stderr())),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s")


def said(values: dict[str, Any]) -> dict[str, Any]:
    """Drop what is empty, so a line holds only what there is to say."""
    return {key: value for key, value in values.items() if value not in (None, (), "", 0)}


def report(event: str, result: Result, seconds: float) -> None:
    """Log what a poll or a delivery came to, and what a person should read of it."""
    line = said(
        {
            "source": result.source,
            "status": result.status,
            "new": result.new,
            "revised": result.revised,
            "duplicates": result.duplicates,
            "dropped": result.dropped,
            "killed": result.killed,
            "kind": result.kind,
            "error": result.error,
            "why": result.why if result.status in {"waiting", "hastened"} else None,
            "warnings": "; ".join(result.warnings[:3]),
            "ms": round(seconds * 1000),
        }
    )
    (log.warning if result.error else log.info)(event, **line)
    for alarm in result.alarms:
        log.error("alarm", source=result.source, error=alarm)
    for text in result.news:
        log.info("alarm", source=result.source, note=text)
    for alert in result.alerts:
        log.error("kill", source=result.source, error=alert)
    for note in result.notes:
        log.info("kill", source=result.source, note=note)
