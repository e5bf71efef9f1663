"""The worker's chores: what has passed is told, the promise is proved, clocks are compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from structlog.testing import capture_logs

from adapters.signing import Ed25519Seal, derived
from hub.chores import Chores, tell_of_classification
from hub.watchdog import Watchdog
from rules.level import Level
from tests.people import CIA, GREEN, MIRA, RED, VIVI, World, report
from tests.posts import Box
from workflows import outages
from workflows.delivery_ports import Way
from workflows.registering import register

SEAL = derived("ett långt och slumpat prov av en hemlighet")
WORKER = "00000000-0000-4000-8000-00000000000a"


@dataclass
class Numbers:
    """Measures that a test can read."""

    lateness: list[float] = field(default_factory=list)
    counts: list[dict[str, int]] = field(default_factory=list)
    levels: list[tuple[str, bool]] = field(default_factory=list)
    kinds: list[dict[str, int]] = field(default_factory=list)
    delivered_late: list[tuple[str, float]] = field(default_factory=list)
    oldest: list[float] = field(default_factory=list)

    def raised(self, lateness: float) -> None:
        self.lateness.append(lateness)

    def delivered(self, way: str, lateness: float) -> None:
        self.delivered_late.append((way, lateness))

    def undelivered(self, seconds: float) -> None:
        self.oldest.append(seconds)

    def watched(self, **counts: int) -> None:
        self.counts.append(counts)

    def found(self, counts: Mapping[str, int]) -> None:
        self.kinds.append(dict(counts))

    def classified(self, level: str, *, agree: bool) -> None:
        self.levels.append((level, agree))


@dataclass
class Rules:
    """Counts how often the file is looked at."""

    looks: int = 0

    def reload_if_changed(self) -> None:
        self.looks += 1


@dataclass
class Worker:
    """The chores of one worker and all that they touch."""

    world: World = field(default_factory=World)
    numbers: Numbers = field(default_factory=Numbers)
    post: Box = field(default_factory=Box)
    hook: Box | None = None
    rules: Rules = field(default_factory=Rules)
    skew: timedelta = timedelta()
    seal: Ed25519Seal | None = SEAL

    @property
    def chores(self) -> Chores:
        return Chores(
            self.world.office,
            self.post,
            self.hook,
            worker=WORKER,
            measures=self.numbers,
            rules=self.rules,
            skew=lambda: self.skew,
            seal=self.seal,
        )

    def dog(self, *, every: float) -> Watchdog:
        return Watchdog(
            self.world.office,
            worker=WORKER,
            measures=self.numbers,
            skew=lambda: self.skew,
            seal=self.seal,
            every=every,
        )


def with_a_red_case() -> Worker:
    worker = Worker()
    worker.world.admit(MIRA, CIA)
    register(worker.world.office, MIRA, report(answers=RED))
    return worker


def test_a_passed_deadline_is_told_with_number_and_lateness() -> None:
    worker = with_a_red_case()
    worker.world.clock.forward(minutes=21)

    with capture_logs() as logs:
        worker.chores.sweep()

    assert worker.numbers.lateness == [60.0]
    assert [(line["event"], line["case"]) for line in logs] == [
        ("deadline.passed", "MH-2026-00001")
    ]


def test_the_watchdog_counts_and_looks_at_the_rules() -> None:
    worker = with_a_red_case()
    worker.world.clock.forward(minutes=21)
    worker.chores.sweep()

    worker.chores.watchdog()

    assert worker.numbers.counts == [{"overdue": 1, "dead_letters": 0, "unpromised": 0}]
    assert worker.rules.looks == 1


def test_a_clock_that_goes_wrong_is_loud() -> None:
    worker = Worker(skew=timedelta(seconds=-9))

    with capture_logs() as logs:
        worker.chores.watchdog()

    assert ("clock.skewed", "critical") in [(line["event"], line["log_level"]) for line in logs]


def test_a_worker_whose_clock_is_wrong_records_no_breach_and_signs_nothing() -> None:
    worker = with_a_red_case()
    worker.world.clock.forward(hours=3)
    for seconds in (9, -9):
        worker.skew = timedelta(seconds=seconds)
        with capture_logs() as logs:
            worker.chores.catch_up()
        assert ("sweep.waits", "critical") in [(it["event"], it["log_level"]) for it in logs]
    assert (worker.numbers.lateness, worker.world.store.statements) == ([], {})

    worker.skew = timedelta(seconds=5)
    worker.chores.catch_up()

    assert worker.numbers.lateness
    assert worker.world.store.statements


def test_messages_that_are_given_up_are_loud() -> None:
    worker = with_a_red_case()
    worker.post.shut = True
    worker.world.clock.forward(minutes=21)
    worker.chores.sweep()

    with capture_logs() as logs:
        for _ in range(50):
            worker.chores.deliver()
            worker.world.clock.forward(minutes=15)
    worker.chores.watchdog()

    assert "outbox.gave_up" in [line["event"] for line in logs]
    assert worker.numbers.counts[-1]["dead_letters"] > 0


def test_what_passed_while_nobody_watched_is_listed_and_recorded_before_work_begins() -> None:
    worker = with_a_red_case()
    worker.chores.beat()
    worker.world.clock.forward(hours=5)

    with capture_logs() as logs:
        worker.chores.catch_up()

    (outage,) = outages.read(worker.world.office, VIVI)
    assert outage.until - outage.since == timedelta(hours=5)
    assert len(outage.passed) == 2
    assert [line["event"] for line in logs] == [
        "outage.ended",
        "deadline.passed",
        "deadline.passed",
        "statement.made",
    ]


def test_a_short_pause_is_no_outage() -> None:
    worker = with_a_red_case()
    worker.chores.beat()
    worker.world.clock.forward(seconds=20)

    worker.chores.catch_up()

    assert outages.read(worker.world.office, VIVI) == ()


def test_what_passed_before_anybody_ever_watched_is_told_too() -> None:
    worker = with_a_red_case()
    worker.world.clock.forward(hours=5)

    with capture_logs() as logs:
        worker.chores.catch_up()

    assert outages.read(worker.world.office, VIVI) == ()
    assert [line["event"] for line in logs][:2] == ["deadline.passed", "deadline.passed"]


def test_whoever_catches_up_for_long_lives_all_the_while() -> None:
    worker = Worker()
    dog = worker.dog(every=0.001)

    with dog.living():
        before = worker.world.store.beats[WORKER]
        worker.world.clock.forward(seconds=50)
        while worker.world.store.beats[WORKER] == before:
            pass

    assert worker.world.store.beats[WORKER] == worker.world.clock.now


def test_a_worker_that_cannot_reach_the_store_goes_on_trying() -> None:
    worker = Worker()

    with capture_logs() as logs, worker.dog(every=0.001).living():
        worker.world.store.away = True
        while not logs:
            pass
        worker.world.store.away = False

    assert logs[0]["event"] == "beat.missed"


def test_the_statement_is_made_once_in_the_morning_and_logged_by_number() -> None:
    worker = Worker()

    with capture_logs() as logs:
        worker.chores.state()
        worker.chores.state()

    assert [(line["event"], line["count"]) for line in logs] == [("statement.made", 1)]
    assert logs[0]["lateness"] == 0.0


def test_a_worker_without_a_key_makes_no_statement() -> None:
    worker = Worker(seal=None)

    worker.chores.state()

    assert worker.world.store.statements == {}


def test_what_is_found_is_logged_and_measured_when_it_begins_and_is_over() -> None:
    worker = Worker()
    worker.chores.beat()
    worker.chores.state()
    worker.skew = timedelta(seconds=9)
    with capture_logs() as logs:
        worker.chores.watchdog()
        worker.chores.watchdog()
        worker.skew = timedelta()
        for _ in range(5):
            worker.world.clock.forward(seconds=50)
            worker.chores.beat()
        worker.chores.watchdog()

    told = [(it["event"], it["reason"]) for it in logs if it["event"].startswith("watch.")]
    assert told == [("watch.found", "klockan-gar-fel"), ("watch.over", "klockan-gar-fel")]
    assert worker.numbers.kinds == [{"klockan-gar-fel": 1}, {"klockan-gar-fel": 1}, {}]


def test_a_delivered_message_is_counted_and_not_quoted() -> None:
    worker = with_a_red_case()
    worker.world.clock.forward(minutes=21)
    worker.chores.sweep()

    with capture_logs() as logs:
        worker.chores.deliver()

    assert worker.post.sent
    assert [set(line) for line in logs] == [{"event", "sent", "failed", "log_level"}]


def test_how_late_messages_were_and_how_old_the_oldest_under_way_is_are_measured() -> None:
    worker = with_a_red_case()
    worker.world.store.ways = (Way.MAIL, Way.HOOK)
    worker.hook = Box(way=Way.HOOK)
    worker.world.clock.forward(minutes=21)
    worker.chores.sweep()
    worker.world.clock.forward(seconds=40)
    worker.chores.watchdog()
    worker.chores.deliver()
    worker.chores.call_hooks()
    worker.chores.watchdog()

    assert worker.numbers.oldest[0] >= 40.0
    assert worker.numbers.oldest[1] == 0.0
    assert {way for way, _ in worker.numbers.delivered_late} == {"mail", "webhook"}
    assert max(late for _, late in worker.numbers.delivered_late) == 40.0


def test_without_another_program_to_tell_there_is_nothing_to_do() -> None:
    worker = with_a_red_case()
    worker.world.clock.forward(minutes=21)
    worker.chores.sweep()
    worker.chores.call_hooks()

    assert worker.numbers.delivered_late == []


def test_a_classification_is_measured_and_logged_by_rule_and_never_by_name() -> None:
    numbers = Numbers()
    told = tell_of_classification(numbers)
    world = World()

    with capture_logs() as logs:
        told(world.rulebook.classify({}, RED, on=date(2026, 3, 2)))
        told(world.rulebook.classify({"anmalartyp": "skola"}, GREEN, on=date(2026, 3, 2)))

    assert numbers.levels == [(Level.RED, True), (Level.GREEN, True)]
    assert "vald-och-vagar-inte-hem" in logs[0]["rules"]
    assert {line["event"] for line in logs} == {"concern.classified"}


def test_a_damaged_case_is_told_aloud_and_the_others_are_watched() -> None:
    world = World()
    (broken,) = register(world.office, MIRA, report(answers=RED))
    (whole,) = register(world.office, MIRA, report(answers=RED))
    worker = Worker(world)
    world.store.journal[broken.id] = world.store.journal[broken.id] * 2
    world.clock.forward(hours=1)

    with capture_logs() as logs:
        worker.chores.sweep()

    told = {(line["event"], line["case"]) for line in logs}
    assert ("case.damaged", broken.id) in told
    assert ("deadline.passed", whole.number) in told
