"""What every access log promises, in memory and on PostgreSQL."""

from tests.adapters import saga
from tests.stores import WorkFactory


def test_a_line_is_read_as_it_was_written(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        work.access.record(saga.access("a", "b"))
        work.commit()

    with store_factory() as work:
        assert work.access.recent(9) == (saga.access("a", "b"),)


def test_a_line_belongs_to_every_case_it_names(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        work.access.record(saga.access("a", "b", action="söka"))
        work.access.record(saga.access("a", action="läsa"))
        work.access.record(saga.access(action="logga in"))
        work.commit()

    with store_factory() as work:
        assert [line.action for line in work.access.of_case("a")] == ["läsa", "söka"]
        assert [line.action for line in work.access.of_case("b")] == ["söka"]
        assert work.access.of_case("c") == ()


def test_the_recent_lines_come_newest_first_and_no_more_than_asked(
    store_factory: WorkFactory,
) -> None:
    with store_factory() as work:
        for action in ("ett", "två", "tre"):
            work.access.record(saga.access("a", action=action))

        assert [line.action for line in work.access.recent(2)] == ["tre", "två"]
