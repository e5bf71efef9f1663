"""A process is known while it works, and ends itself when the database is not for it any more."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from hub import faults
from hub.app import create_app
from hub.presence import Presence, on_duty
from hub.starting import CannotGoOn
from tests.hub.web import Web, desk, enter
from tests.people import MIRA, MORNING, World
from workflows import nodes
from workflows.node_ports import Node
from workflows.nodes import Standing
from workflows.ports import UnitOfWork, WrongVersion

NODE = Node(
    id="00000000-0000-4000-8000-000000000001",
    kind="work",
    host="a",
    program="1",
    schema="0011",
    started_at=MORNING,
    seen_at=MORNING,
)


@dataclass
class Place:
    """A process on a store that may become one for another version."""

    world: World = field(default_factory=World)
    replaced: bool = False
    stops: list[str] = field(default_factory=list)

    def work(self) -> UnitOfWork:
        if self.replaced:
            raise WrongVersion(known="0011", schema="0012", oldest="0012")
        return self.world.office.uow()

    def presence(self) -> Presence:
        office = replace(self.world.office, uow=self.work)
        return Presence(office, NODE, stop=lambda: self.stops.append("stop"))

    def standing(self) -> list[Standing]:
        return [it.standing for it in nodes.seen(self.world.office)]


def test_a_process_is_known_while_it_works_and_told_as_ended_afterwards() -> None:
    place = Place()

    with on_duty(place.presence()) as presence:
        presence.beat()
        assert place.standing() == [Standing.WORKING]

    assert place.standing() == [Standing.LEFT]
    assert place.stops == []


def test_a_process_that_slept_until_it_was_forgotten_is_known_again_by_its_next_beat() -> None:
    place = Place()

    with on_duty(place.presence()) as presence:
        place.world.clock.forward(days=8)
        late = replace(
            NODE, id="2", started_at=place.world.clock.now, seen_at=place.world.clock.now
        )
        nodes.join(place.world.office, late)
        nodes.leave(place.world.office, "2")
        assert place.standing() == [Standing.LEFT]
        presence.beat()
        assert place.standing() == [Standing.LEFT, Standing.WORKING]


def test_a_process_that_was_forgotten_is_not_let_in_again_by_a_database_for_another_version() -> (
    None
):
    place = Place()

    def wake() -> None:
        with on_duty(place.presence()) as presence:
            with place.world.office.uow() as work:
                work.nodes.forget(MORNING + timedelta(days=1))
                work.commit()
            place.replaced = True
            presence.beat()

    with pytest.raises(CannotGoOn, match="nya versionen"):
        wake()
    assert place.stops == ["stop"]
    assert place.standing() == []


def test_a_process_that_the_database_refuses_stops_itself_and_says_why() -> None:
    place = Place()

    def work_on() -> None:
        with on_duty(place.presence()) as presence:
            place.replaced = True
            presence.beat()

    with pytest.raises(CannotGoOn, match="nya versionen"):
        work_on()
    assert place.stops == ["stop"]
    assert place.standing() == [Standing.WORKING]


def test_a_process_that_is_refused_does_not_begin() -> None:
    place = Place(replaced=True)

    with pytest.raises(WrongVersion), on_duty(place.presence()):
        raise AssertionError("it began")


def test_a_process_can_leave_while_the_database_is_away() -> None:
    place = Place()

    with on_duty(place.presence()):
        place.world.store.away = True
    place.world.store.away = False

    assert place.standing() == [Standing.WORKING]


def test_a_page_of_a_replaced_version_says_so_and_that_nothing_is_saved(web: Web) -> None:
    place = Place(web.world)
    here = desk(web.world)
    web.app = create_app(replace(here, office=replace(here.office, uow=place.work)))
    client = enter(web, MIRA)
    place.replaced = True

    answer = client.get("/")

    assert answer.status_code == 503
    assert faults.REPLACED in answer.text
    assert "Inget är sparat" in answer.text
