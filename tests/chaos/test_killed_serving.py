"""`hub serve` killed before and after a commit that somebody waits for, and started anew.

One concern over HTTP, from its registration to its receipt. Each request is sent three times: it
dies before the commit, it dies after it, and then it is told that it has been done.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import URL

from adapters.verification import verify
from rules.people import Actor
from tests.api.service import concern
from tests.chaos.ledger import Ledger, ledger_of
from tests.chaos.points import AFTER, BEFORE
from tests.chaos.running import hub
from tests.chaos.serviced import Answer, Died, Hub, place_at, serviced
from tests.people import BEA, MIRA, UTA
from tests.stores import TestServer

REGISTER, STEP = "workflows.registering.register", "workflows.movement.step"
CALL, READ = "workflows.meetings.book", "workflows.reading.read_case"
CONCERN = concern(reference="tel-1")
STEPS: tuple[tuple[Actor, str, object], ...] = (
    (MIRA, "protection-assessments", {"needed": False, "reasons": "Tryggt i dag."}),
    (MIRA, "levels", {"level": "röd"}),
    (MIRA, "hub-calls", {"units": ["barn"]}),
    (BEA, "answers", {"unit": "barn", "answer": "inte_känd"}),
    (MIRA, "decisions", {"decision": "inleda", "reasons": "Skydd.", "without_hub": "Brådskar."}),
    (MIRA, "handovers", {}),
    (UTA, "receipts", {}),
)


@dataclass
class Story:
    """What clients were told, life by life, and what was there afterwards."""

    hub: Hub
    case: str = ""
    notes: list[str] = field(default_factory=list)
    versions: list[tuple[int, int, int]] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    seen: list[list[str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """The registration has no version to hold on to, but a reference."""
        self.die(MIRA, "/concerns", CONCERN, at=(REGISTER, BEFORE))
        before = self.hub.place.case_ids()
        self.die(MIRA, "/concerns", CONCERN, at=(REGISTER, AFTER))
        after = self.hub.place.case_ids()
        told = self.hub.ask(MIRA, "/concerns", CONCERN)
        (case,) = told.body["cases"]
        self.again.append(told.status)
        assert (before, after) == ([], [case["id"]])
        self.case = f"/cases/{case['id']}"

    def step(self, who: Actor, name: str, body: object) -> None:
        """A step from a version that was read; in between somebody is told that a note is kept."""
        self.note(name)
        read = self.read()
        held = {"If-Match": read.tag or ""}
        path = f"{self.case}/{name}"
        point = CALL if name == "hub-calls" else STEP
        self.die(who, path, body, held, at=(point, BEFORE))
        undone = self.read().body["version"]
        self.die(who, path, body, held, at=(point, AFTER))
        done = self.read()
        self.versions.append((read.body["version"], undone, done.body["version"]))
        self.again.append(self.hub.ask(who, path, body, held).status)
        self.seen.append([note["text"] for note in done.body["notes"]])

    def note(self, text: str) -> None:
        assert self.hub.ask(MIRA, f"{self.case}/notes", {"text": text}).status == 201
        self.notes.append(text)

    def read(self) -> Answer:
        found = self.hub.ask(MIRA, self.case)
        assert found.status == 200
        return found

    def die(
        self,
        who: Actor,
        path: str,
        body: object = None,
        headers: dict[str, str] | None = None,
        *,
        at: tuple[str, str],
    ) -> None:
        """The request that the hub does not survive; it hangs together when it is back."""
        self.hub.dooms.decree([at])
        with pytest.raises(Died):
            self.hub.ask(who, path, body, headers or {})
        assert self.hub.dooms.left == []
        self.faults += verify(self.hub.place.engine)


@pytest.fixture(scope="module", name="url")
def of_a_database(postgres: TestServer) -> Iterator[URL]:
    with postgres.database() as url:
        yield url


@pytest.fixture(scope="module", name="story")
def played(url: URL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("serving")
    with (
        place_at(url, folder) as place,
        serviced("serve", "--no-worker", place=place) as there,
    ):
        story = Story(there)
        story.begin()
        for who, name, body in STEPS:
            story.step(who, name, body)
        yield story


def test_what_died_before_its_commit_was_not_done_and_what_died_after_it_was(
    story: Story,
) -> None:
    assert len(story.versions) == len(STEPS)
    for read, undone, done in story.versions:
        assert read == undone < done


def test_who_asks_again_is_told_that_it_has_been_done(story: Story) -> None:
    registered, *steps = story.again

    assert registered == 201
    # Unless the rules refuse a second one already by what it is.
    assert len(steps) == len(STEPS)
    assert set(steps) <= {409, 412}


def test_what_somebody_was_told_is_kept_is_there_after_every_death(story: Story) -> None:
    for number, seen in enumerate(story.seen, 1):
        assert seen == story.notes[:number]


def test_after_every_death_the_hub_hangs_together(story: Story, url: URL) -> None:
    done = hub("verify", database=url.render_as_string(hide_password=False))

    assert story.faults == []
    assert (done.returncode, done.stdout) == (0, "Allt hänger ihop.\n")


def test_nothing_has_been_done_twice_and_every_promise_is_kept(story: Story) -> None:
    ledger: Ledger = ledger_of(story.hub.place.engine)

    assert len(ledger.stories) == 1
    assert ledger.twice == ledger.unkept == []


def test_a_case_is_not_shown_before_the_reading_is_in_the_access_log(story: Story) -> None:
    before = lines_of(story)
    story.die(UTA, story.case, at=(READ, BEFORE))
    unread = lines_of(story)
    story.die(UTA, story.case, at=(READ, AFTER))

    assert unread == before
    assert lines_of(story) == before + 1


def lines_of(story: Story) -> int:
    """How often the case has been read by the one who investigates."""
    with story.hub.place.office.uow() as work:
        lines = work.access.of_case(story.case.removeprefix("/cases/"))
    return sum(line.account_id == UTA.id for line in lines)
