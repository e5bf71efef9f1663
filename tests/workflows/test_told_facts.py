"""Facts told from outside: each is used or refused by name, none is dropped in silence."""

import pytest

from rules.errors import Invalid
from tests.people import ELLIOT, MIRA, report, reported
from tests.workflows.course import new_world
from workflows.registering import register

Told = int | bool | str | None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kon", "flicka"),
        ("bostadsomrade", None),
        ("hemma", True),
        ("alder", "tio"),
        ("alder", True),
        ("alder", -1),
        ("alder", 131),
        ("alder", 10**40),
        ("tidigare_anmalningar_12m", "3"),
        ("pagaende_insats", 1),
        ("syskon_aktuella", "ja"),
        ("anmalartyp", "polis"),
    ],
)
def test_a_fact_that_cannot_be_used_is_named_and_its_value_is_not_repeated(
    name: str, value: Told
) -> None:
    world = new_world()

    with pytest.raises(Invalid) as told:
        register(world.office, MIRA, report(reported(facts={name: value})))

    assert list(told.value.faults) == [f"children.1.facts.{name}"]
    assert "flicka" not in str(told.value)
    assert world.store.journal == {}


def test_a_fact_that_is_not_known_may_be_told_as_such() -> None:
    facts: dict[str, Told] = {"alder": None, "pagaende_insats": None, "anmalartyp": "skola"}

    (case,) = register(new_world().office, MIRA, report(reported(ELLIOT, facts=facts)))

    assert case.registered.facts["pagaende_insats"] is False
