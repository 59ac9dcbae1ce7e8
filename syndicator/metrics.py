"""What ``/metrics`` tells of the work itself."""

from prometheus_client import CollectorRegistry, Counter, Gauge

from syndicator.outcome import Result


class Metrics:
    """Counts of polls, deliveries and releases, and the state of the store."""

    def __init__(self) -> None:
        """Register every metric in a registry of its own."""
        self.registry = CollectorRegistry()
        self.polls = Counter(
            "syndicator_polls", "Polls finished, by outcome", ["status"], registry=self.registry
        )
        self.articles = Counter(
            "syndicator_articles", "Entries judged, by verdict", ["verdict"], registry=self.registry
        )
        self.releases = Counter(
            "syndicator_releases", "Topics rebuilt, by outcome", ["status"], registry=self.registry
        )
        self.polling = Gauge(
            "syndicator_polls_under_way", "Polls running now", registry=self.registry
        )
        self.store_up = Gauge(
            "syndicator_store_up", "1 while the store answers", registry=self.registry
        )

    def count(self, result: Result) -> None:
        """Count one poll."""
        self.polls.labels(result.status).inc()
        self.judged(result)

    def judged(self, result: Result) -> None:
        """Count what became of the entries of a poll or a delivery."""
        for verdict in ("new", "revised", "unchanged", "duplicates"):
            self.articles.labels(verdict).inc(getattr(result, verdict))
