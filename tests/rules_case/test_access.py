"""Who may do what with a case: it follows from how they stand to it, never from the role alone."""

import pytest

from rules import events as ev
from rules.access import PERMITS, Action, Relation, answers_for, relations, require
from rules.case import Case
from rules.errors import NotAllowed, NotVisible
from rules.people import Actor, Role
from tests.people import (
    BEA,
    CALLE,
    CIA,
    CURT,
    EKA,
    EVERYONE,
    GRY,
    MIRA,
    RUT,
    SYS,
    ULF,
    UNO,
    UTA,
    VIVI,
    actor,
)  # fmt: skip
from tests.rules_case import happenings as it

DORA = actor("Dora", Role.UNIT, unit="vuxen")

BEGUN = it.case_of(it.classified())
CALLED = it.case_of(it.classified(), it.called("barn"))
DEPUTISED = it.case_of(it.classified(), it.called("barn"), it.deputy("barn", DORA.id))
CLOSED = it.case_of(it.classified(), it.called("barn"), it.deputy("barn", DORA.id), it.closed())
HANDED = it.case_of(it.decided(), it.handed())
NAMED = it.case_of(it.decided(), it.handed(UTA.id))
TAKEN = it.case_of(it.decided(), it.handed(), it.taken(UTA.id))

R = Relation
TABLE: list[tuple[str, Case, dict[Actor, set[Relation]]]] = [
    ("registered", BEGUN, {MIRA: {R.INTAKE}, CIA: {R.INTAKE_MANAGER}}),
    (
        "called",
        CALLED,
        {
            MIRA: {R.INTAKE},
            CIA: {R.INTAKE_MANAGER},
            BEA: {R.CALLED_UNIT},
            CALLE: {R.CALLED_UNIT_MANAGER},
        },
    ),
    (
        "deputised",
        DEPUTISED,
        {
            MIRA: {R.INTAKE},
            CIA: {R.INTAKE_MANAGER},
            BEA: {R.CALLED_UNIT},
            CALLE: {R.CALLED_UNIT_MANAGER},
            DORA: {R.CALLED_UNIT},
        },
    ),
    ("closed", CLOSED, {MIRA: {R.INTAKE}, CIA: {R.INTAKE_MANAGER}}),
    (
        "handed to the unit",
        HANDED,
        {
            MIRA: {R.INTAKE},
            CIA: {R.INTAKE_MANAGER},
            UTA: {R.INVESTIGATOR},
            ULF: {R.INVESTIGATOR},
            CURT: {R.INVESTIGATION_MANAGER},
        },
    ),
    (
        "handed to Uta",
        NAMED,
        {
            MIRA: {R.INTAKE},
            CIA: {R.INTAKE_MANAGER},
            UTA: {R.INVESTIGATOR},
            CURT: {R.INVESTIGATION_MANAGER},
        },
    ),
    (
        "taken by Uta",
        TAKEN,
        {
            MIRA: {R.INTAKE},
            CIA: {R.INTAKE_MANAGER},
            UTA: {R.INVESTIGATOR},
            CURT: {R.INVESTIGATION_MANAGER},
        },
    ),
]


@pytest.mark.parametrize(("case", "expected"), [row[1:] for row in TABLE])
def test_everyone_stands_to_the_case_as_the_table_says_and_nobody_else_does(
    case: Case, expected: dict[Actor, set[Relation]]
) -> None:
    found = {who: set(relations(who, case, "mottagning")) for who in (*EVERYONE, DORA)}
    intake = {who: {R.INTAKE} for who in EVERYONE if who.has(Role.INTAKE)}

    assert {who: how for who, how in found.items() if how} == intake | expected


ALLOWED = {
    Action.READ: "mottagning enhet enhetschef mottagningschef utredare utredningschef",
    Action.REGISTER: "mottagning mottagningschef",
    Action.ASSESS: "mottagning mottagningschef",
    Action.CALL: "mottagning mottagningschef enhet enhetschef",
    Action.ANSWER: "enhet enhetschef",
    Action.NAME_DEPUTY: "mottagning mottagningschef enhet enhetschef",
    Action.MEET: "mottagning mottagningschef",
    Action.DECIDE: "mottagning mottagningschef",
    Action.HAND_OVER: "mottagning mottagningschef",
    Action.RECEIVE: "utredare utredningschef",
    Action.FEED_BACK: "mottagning mottagningschef",
    Action.REQUEST: "mottagning mottagningschef utredare utredningschef",
    Action.EXPLAIN: "mottagningschef enhetschef utredningschef",
    Action.POSTPONE: "mottagning mottagningschef utredare utredningschef",
    Action.ACKNOWLEDGE: "mottagning enhet enhetschef mottagningschef utredare utredningschef",
    Action.NOTE_OCCASION: "mottagning mottagningschef utredare utredningschef",
    Action.NOTE: "mottagning enhet enhetschef mottagningschef utredare utredningschef",
    Action.CLOSE: "mottagning mottagningschef",
}
WHO = {
    "mottagning": MIRA,
    "mottagningschef": CIA,
    "enhet": BEA,
    "enhetschef": CALLE,
    "utredare": UTA,
    "utredningschef": CURT,
}
EVERYTHING = it.case_of(it.called("barn"), it.decided(), it.handed())


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("who", list(WHO))
def test_an_action_is_for_those_whom_the_table_names(action: Action, who: str) -> None:
    actor_ = WHO[who]
    if who in ALLOWED[action].split():
        assert require(actor_, action, EVERYTHING, intake_unit="mottagning")
    else:
        with pytest.raises(NotAllowed):
            require(actor_, action, EVERYTHING, intake_unit="mottagning")


def test_every_action_is_in_the_table() -> None:
    assert set(ALLOWED) == set(PERMITS) == set(Action)


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("stranger", [EKA, UNO, UTA, VIVI, RUT, GRY, SYS], ids=lambda a: a.name)
def test_for_a_stranger_the_case_does_not_exist(action: Action, stranger: Actor) -> None:
    with pytest.raises(NotVisible):
        require(stranger, action, CALLED, intake_unit="mottagning")


@pytest.mark.parametrize("action", list(Action))
def test_a_verksamhetschef_explains_breaches_and_sees_nothing_else(action: Action) -> None:
    breached = it.lived(it.passed("hantering:röd", at=it.after(300)))
    if action is Action.EXPLAIN:
        assert require(VIVI, action, breached, intake_unit="mottagning") == {R.MANAGER}
    else:
        with pytest.raises(NotVisible):
            require(VIVI, action, breached, intake_unit="mottagning")


def test_a_unit_sees_the_case_from_the_call_until_it_is_closed_and_only_then() -> None:
    seen = [bool(relations(BEA, case, "mottagning")) for case in (BEGUN, CALLED, CLOSED)]

    assert seen == [False, True, False]


def test_a_unit_that_is_added_later_sees_the_case_from_then() -> None:
    added = ev.UnitAdded(at=it.after(20), by=it.BY, unit="ekonomi", answer_by=it.after(140))
    case = it.case_of(it.called("barn"), added)

    assert relations(EKA, case, "mottagning") == {R.CALLED_UNIT}


def test_a_deputy_who_is_replaced_sees_the_case_no_more() -> None:
    case = it.case_of(it.called("barn"), it.deputy("barn", DORA.id), it.deputy("barn", "konto-Ny"))

    assert not relations(DORA, case, "mottagning")


def test_one_person_may_stand_to_a_case_in_several_ways() -> None:
    both = actor("Båda", Role.INTAKE, Role.UNIT_MANAGER, unit="mottagning")

    assert relations(both, BEGUN, "mottagning") == {R.INTAKE, R.INTAKE_MANAGER}


@pytest.mark.parametrize(
    ("who", "unit", "speaks"),
    [
        (BEA, "barn", True),
        (CALLE, "barn", True),
        (DORA, "barn", True),
        (DORA, "vuxen", True),
        (BEA, "ungdom", False),
        (MIRA, "barn", False),
        (UNO, "barn", False),
    ],
)
def test_a_unit_speaks_through_its_own_people_its_chef_and_its_deputy(
    who: Actor, unit: str, speaks: bool
) -> None:
    assert answers_for(who, DEPUTISED, unit) is speaks
