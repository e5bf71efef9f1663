"""What every event has: when it was recorded and by whom."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """When something was recorded (UTC) and by which account, on every event."""

    at: datetime
    by: str
