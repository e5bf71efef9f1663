"""How far the clock of this machine is from that of the database."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Engine, text


def skew(engine: Engine, clock: Callable[[], datetime]) -> timedelta:
    """This machine's time minus the database's, the way there and back halved."""
    before = clock()
    with engine.connect() as connection:
        theirs: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    after = clock()
    return before + (after - before) / 2 - theirs
