"""Several senders on one PostgreSQL: once each when nothing crashes, the same key when one does."""

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from uuid import uuid4

from sqlalchemy import URL, Engine

from adapters.work import postgres_work
from tests.adapters import dying_sender, saga
from tests.people import World
from tests.posts import Box
from tests.shape.source import ROOT
from tests.stores import WorkFactory
from workflows.delivering import Round, deliver
from workflows.delivery_ports import Counts, Message, Notice, PostFailed
from workflows.patience import Patience
from workflows.ports import Office

MANY = 300
WORKERS = 4
LEASE = Patience().lease


def office(work: WorkFactory) -> Office:
    return replace(World().office, uow=work, new_id=lambda: str(uuid4()))


def letters(many: int) -> list[Notice]:
    made_at = World().clock.now
    address = "rektor@skola.example"
    return [
        replace(saga.notice(f"n{number}"), address=address, made_at=made_at)
        for number in range(many)
    ]


def put(work: WorkFactory, many: int) -> None:
    with work() as unit:
        unit.outbox.put(letters(many))
        unit.commit()


def at_once(there: Office, boxes: list[Box]) -> Round:
    start = Barrier(len(boxes))

    def send(box: Box) -> Round:
        start.wait()
        return deliver(there, box)

    with ThreadPoolExecutor(len(boxes)) as pool:
        return sum(pool.map(send, boxes), Round())


def test_four_senders_at_once_hand_over_each_message_exactly_once(
    postgres_engine: Engine,
) -> None:
    work = postgres_work(postgres_engine)
    put(work, MANY)
    boxes = [Box() for _ in range(WORKERS)]

    assert at_once(office(work), boxes) == Round(sent=MANY)
    handed = Counter(key for box in boxes for key in box.keys)
    assert handed == Counter(notice.key for notice in letters(MANY))
    with work() as unit:
        assert unit.outbox.counts() == Counts()


def test_a_poisoned_message_stops_none_of_the_others(postgres_engine: Engine) -> None:
    work = postgres_work(postgres_engine)
    put(work, MANY)

    def says(message: Message) -> None:
        if message.notice.key in ("n0", "n77"):
            raise PostFailed("451", line_lost=True)

    done = at_once(office(work), [Box(says=says) for _ in range(WORKERS)])

    assert done == Round(sent=MANY - 2, failed=2)


def test_a_sender_killed_after_handing_over_leaves_at_least_once_under_the_same_key(
    postgres_engine: Engine, postgres_database: URL, tmp_path: Path
) -> None:
    work, file = postgres_work(postgres_engine), tmp_path / "handed"
    put(work, 25)
    url = postgres_database.set(drivername="postgresql").render_as_string(hide_password=False)
    program = [sys.executable, "-m", dying_sender.__name__, url, "7", str(file)]
    killed = subprocess.run(program, check=False, cwd=ROOT, timeout=60)
    assert killed.returncode == -9
    first = file.read_text("utf-8").split()
    there, box = office(work), Box()
    late = replace(there, clock=lambda: World().clock.now + LEASE)

    # What the dead one holds is nobody's until its time is up; the others go at once.
    assert deliver(there, box) == Round(sent=5)
    assert (
        deliver(replace(there, clock=lambda: late.clock() - timedelta(seconds=1)), box) == Round()
    )
    assert deliver(late, box) == Round(sent=14)

    handed = Counter([*first, *box.keys])
    assert set(handed) == {notice.key for notice in letters(25)}
    assert [key for key, times in handed.items() if times > 1] == [first[-1]]
    assert handed[first[-1]] == 2
