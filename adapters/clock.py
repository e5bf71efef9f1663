"""The one place that reads a clock; everything else is told the time."""

from datetime import UTC, datetime
from time import monotonic


def now() -> datetime:
    """The present moment, aware and in UTC."""
    return datetime.now(UTC)


def elapsed() -> float:
    """Seconds that only ever grow, for measuring how long something took."""
    return monotonic()
