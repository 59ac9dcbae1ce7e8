"""What is known beforehand of one upstream host, from ``polling/hosts.yaml``."""

from datetime import timedelta

from pydantic import Field

from syndicator.model.fields import Duration, Strict


class HostRule(Strict):
    """How a host, and all under it, wants to be asked. Without a rule every field is as here."""

    interval: Duration | None = Field(None, description="between starts of two requests")
    limits: frozenset[int] = Field(
        frozenset({429}), description="statuses by which it says that it was asked too often"
    )
    passing: frozenset[int] = Field(
        frozenset(), description="error statuses that pass by themselves"
    )
    retry: Duration = Field(timedelta(hours=12), description="longest wait after a passing error")
    patience: Duration = Field(
        timedelta(0), description="how long passing errors raise no alarm, beyond the source's own"
    )
    why: str = Field("", description="where this is known from")
