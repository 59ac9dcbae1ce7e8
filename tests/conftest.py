"""What every test shares: hypothesis without a clock, so that a busy machine fails no law."""

from hypothesis import HealthCheck, settings

settings.register_profile("syndicator", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("syndicator")
