"""The worker's chores: what has passed is told, the promise is proved, clocks are compared."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from structlog.testing import capture_logs

from hub.chores import Chores, tell_of_classification
from rules.level import Level
from tests.people import CIA, GREEN, MIRA, RED, World, report
from tests.posts import Box
from workflows.delivery_ports import Way
from workflows.registering import register

WORKER = "00000000-0000-4000-8000-00000000000a"


@dataclass
class Numbers:
    """Measures that a test can read."""

    lateness: list[float] = field(default_factory=list)
    counts: list[dict[str, int]] = field(default_factory=list)
    levels: list[tuple[str, bool]] = field(default_factory=list)
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

    assert [(line["event"], line["log_level"]) for line in logs] == [("clock.skewed", "critical")]


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


def test_what_passed_while_nobody_watched_is_recorded_and_listed_before_work_begins() -> None:
    worker = with_a_red_case()
    worker.chores.beat()
    worker.world.clock.forward(hours=5)
    chores = worker.chores

    with capture_logs() as logs:
        chores.catch_up()

    outage = chores.outage()
    assert outage is not None
    assert outage.until - outage.since == timedelta(hours=5)
    assert len(outage.passed) == 2
    assert [line["event"] for line in logs] == [
        "outage.ended",
        "deadline.passed",
        "deadline.passed",
    ]


def test_a_short_pause_is_no_outage() -> None:
    worker = with_a_red_case()
    worker.chores.beat()
    worker.world.clock.forward(seconds=20)
    chores = worker.chores

    chores.catch_up()

    assert chores.outage() is None


def test_what_passed_before_anybody_ever_watched_is_told_too() -> None:
    worker = with_a_red_case()
    worker.world.clock.forward(hours=5)
    chores = worker.chores

    with capture_logs() as logs:
        chores.catch_up()

    assert chores.outage() is None
    assert [line["event"] for line in logs] == ["deadline.passed", "deadline.passed"]


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
    assert min(late for _, late in worker.numbers.delivered_late) == 40.0


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
