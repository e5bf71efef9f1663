"""`hub work` killed before and after each of its commits, while concerns come in that are late."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import text

from adapters.letter import message_id
from adapters.post import SmtpPost
from adapters.signing import derived
from adapters.verification import verify
from tests.adapters_edge.mailbox import Mailbox, serving
from tests.chaos.audit import missing
from tests.chaos.ledger import Ledger, ledger_of
from tests.chaos.mortal import Doom
from tests.chaos.place import Place
from tests.chaos.points import WHEN
from tests.chaos.running import SECRET, free_port, hub
from tests.chaos.serviced import place_at, serviced
from tests.people import MIRA, report
from tests.stores import TestServer
from workflows.delivering import deliver
from workflows.registering import register
from workflows.statements import make
from workflows.watching import sweep

POINTS = (
    "workflows.nodes.join",
    "workflows.outages.beat",
    "workflows.watching.sweep_some",
    "workflows.statements.make",
    "workflows.delivering._Sender._claim",
    "workflows.delivering._Sender._sent",
    "workflows.delivering._Sender._failed",
    "workflows.promises.watch",
)
DOOMS: tuple[Doom, ...] = tuple((point, moment) for point in POINTS for moment in WHEN)
# Longer than a letter that somebody took and died with is waited for.
LEASES_OVER = timedelta(minutes=10)
STATEMENTS = text("SELECT count(*), count(DISTINCT day) FROM statements")
TRIES = text("SELECT key, tries FROM outbox")
OUTBOX = text("SELECT count(*) FROM outbox WHERE sent_at IS NULL")
DEAD = text("SELECT count(*) FROM outbox WHERE dead")
ALL_TRIES = text("SELECT sum(tries) FROM outbox")
NOT_NOW = "451 4.3.0 Inte nu"
SENDER = "hubben@kommun.example"


@dataclass
class Watched:
    """What is in the database, and in the mailboxes, when somebody has lived for a while."""

    died: bool
    place: Place
    at: datetime
    letters: list[str]
    refused: int
    address: str

    def ask(self, query: object) -> tuple[int, ...]:
        with self.place.engine.connect() as connection:
            return tuple(connection.execute(query).one())  # type: ignore[call-overload]

    @property
    def ledger(self) -> Ledger:
        return ledger_of(self.place.engine)


@pytest.fixture(scope="module", name="watched")
def worked(postgres: TestServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder, port, mailbox = tmp_path_factory.mktemp("working"), free_port(), Mailbox()
    with (
        postgres.database() as url,
        serving(mailbox, port),
        place_at(url, folder) as place,
    ):
        numbers, refused = count(), count()

        def comes_in() -> None:
            """Days too late, so that its deadlines pass and are told at once; one letter is not."""
            if not mailbox.refusals:
                mailbox.refusals.append(NOT_NOW)
                next(refused)
            received = datetime.now(UTC) - timedelta(days=3)
            place.clock.now = datetime.now(UTC)
            said = report(received_at=received, reference=f"r-{next(numbers)}")
            register(place.office, MIRA, said)

        # There is a day to state then, at whatever hour of the night this runs.
        place.clock.now = (datetime.now(UTC) - timedelta(days=2)).replace(hour=12)
        assert make(place.office, derived(SECRET), skew=timedelta()) is not None
        with serviced("work", place=place, smtp=port, dooms=DOOMS) as there:
            died = there.all_died(comes_in)
        given = next(refused) - len(mailbox.refusals)
        mailbox.refusals.clear()
        place.clock.now = at = datetime.now(UTC) + LEASES_OVER
        sweep(place.office)
        post = SmtpPost(f"smtp://127.0.0.1:{port}", sender=SENDER)
        while deliver(place.office, post).sent:
            pass
        address = url.render_as_string(hide_password=False)
        yield Watched(died, place, at, mailbox.ids, given, address)


def test_the_worker_has_died_at_every_commit_and_been_started_anew(watched: Watched) -> None:
    assert watched.died


def test_afterwards_the_hub_hangs_together(watched: Watched) -> None:
    key = derived(SECRET).key
    done = hub("verify", "--key", key, database=watched.address)

    assert verify(watched.place.engine) == []
    assert (done.returncode, done.stdout) == (0, "Allt hänger ihop.\n")


def test_every_deadline_that_passed_is_told_and_none_is_told_twice(watched: Watched) -> None:
    ledger = watched.ledger

    assert any("deadline_passed" in story for story in ledger.stories)
    assert ledger.twice == ledger.unkept == []
    assert missing(watched.place, watched.at) == []


def test_every_message_has_been_delivered_and_again_only_when_nobody_could_know(
    watched: Watched,
) -> None:
    copies = Counter(watched.letters)

    assert watched.ask(OUTBOX) == (0,)
    # A claim counts a try before anything is handed over: what was claimed once was sent once.
    with watched.place.engine.connect() as connection:
        tries = {message_id(key, SENDER): n for key, n in connection.execute(TRIES)}
    assert {name for name, sent in copies.items() if sent > tries[name]} == set()
    # One sender holds one letter, and one death came between a server's yes and the commit on
    # purpose; at any other death the sender beside may have been there too.
    assert 1 <= copies.total() - len(copies) <= len(DOOMS)


def test_a_letter_that_was_refused_is_tried_again_whether_or_not_anybody_lived_to_say_so(
    watched: Watched,
) -> None:
    (tries,) = watched.ask(ALL_TRIES)

    assert watched.refused > 1
    assert tries >= len(watched.letters) + watched.refused
    assert watched.ask(DEAD) == (0,)


def test_the_statement_of_the_day_is_made_once(watched: Watched) -> None:
    assert watched.ask(STATEMENTS) == (2, 2)
