"""What holds for versions of the rules when several write at once; on a real database."""

from sqlalchemy import Engine

from adapters.rulesfile import parse, read
from adapters.work import postgres_work
from rules.errors import Refusal
from rules.events import Event
from rules.people import Role
from rules.versions import LEAD, AnotherIsWaiting
from tests.adapters import saga
from tests.adapters.test_races import TOGETHER, at_once
from tests.people import MORNING, RUT, Hands, Ids, actor, office, rules
from workflows import shadowing, versions
from workflows.ports import Office
from workflows.rule_books import RuleBooks
from workflows.rule_ports import Shadow
from workflows.shadowing import Shadows

TEXT = read()
NEWER = [TEXT.replace('version: "2026.1"', f'version: "2026.{n}"') for n in range(2, 6)]
OWNERS = [actor(f"Ägare{n}", Role.RULE_OWNER) for n in range(TOGETHER)]


def town(engine: Engine) -> Office:
    there = office(postgres_work(engine), Hands(), Ids(), rules())
    RuleBooks(there.uow).install(parse(TEXT).version, TEXT, at=MORNING)
    return there


def test_of_those_who_approve_at_once_one_is_heard_and_the_others_are_told(
    postgres_engine: Engine,
) -> None:
    there = town(postgres_engine)
    base = parse(TEXT).version
    names = [versions.propose(there, RUT, text=text).version for text in NEWER]

    def approve(number: int) -> type[Refusal] | None:
        at = MORNING + 2 * LEAD
        try:
            versions.approve(there, OWNERS[number], names[number], effective_at=at, base=base)
        except Refusal as refusal:
            return type(refusal)
        return None

    results = at_once(approve)

    assert results.count(None) == 1
    assert results.count(AnotherIsWaiting) == TOGETHER - 1
    assert len(versions.schedule(there)) == 2


def test_those_who_start_at_once_record_the_file_once(postgres_engine: Engine) -> None:
    books = RuleBooks(postgres_work(postgres_engine))
    version = parse(TEXT).version

    assert at_once(lambda _: books.install(version, TEXT, at=MORNING)) == [True] * TOGETHER
    assert len(books.schedule()) == 1


def test_those_who_follow_a_shadow_at_once_say_each_thing_once(postgres_engine: Engine) -> None:
    there = town(postgres_engine)
    version = versions.propose(there, RUT, text=NEWER[0]).version
    shadow = shadowing.start(there, RUT, version)
    with there.uow() as work:
        for number in range(20):
            events: list[Event] = [saga.registered(f"2026-{number}"), saga.classified()]
            work.journal.append(str(number), events, expected=0)
        work.commit()
    workers = [Shadows(there) for _ in range(TOGETHER)]

    at_once(lambda number: workers[number].follow())

    with there.uow() as work:
        assert sum(it.count for it in work.rules.tally(shadow.id)) == 20
        assert work.rules.unseen(shadow, limit=1) == ()


def test_a_row_that_began_first_and_came_last_is_not_passed_by(postgres_engine: Engine) -> None:
    factory = postgres_work(postgres_engine)
    there = town(postgres_engine)
    version = versions.propose(there, RUT, text=NEWER[0]).version
    begun = Shadow(version=version, started_by=RUT.id, started_at=MORNING)
    with factory() as work:
        shadow = work.rules.start_shadow(begun)
        work.commit()
    slow = factory()
    with slow:
        slow.journal.append("a", [saga.registered("1"), saga.classified()], expected=0)
        with factory() as work:
            work.journal.append("b", [saga.registered("2"), saga.classified()], expected=0)
            work.commit()
        first = Shadows(there).follow()
        slow.commit()
    second = Shadows(there).follow()

    assert [it.count for it in (*first, *second)] == [1, 1]
    assert shadow.position == 0
