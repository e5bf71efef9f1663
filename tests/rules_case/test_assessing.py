"""What the intake assesses: protection first, levels that one person cannot lower, corrections."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from rules import assessing
from rules import events as ev
from rules.answer import Answer, Value
from rules.assessing import (
    AlreadyDecided,
    CaseIsClosed,
    LoweringAlreadyProposed,
    NoLoweringToAnswer,
    ProtectionFirst,
    SecondPersonNeeded,
)
from rules.case import Case
from rules.concern import Child, ReporterKind
from rules.errors import Invalid, NotAllowed
from rules.fold import extend
from rules.level import Level
from tests.people import MIRA, NORA, OSKAR
from tests.rules_case import happenings as it

READY = (it.classified(Level.ORANGE), it.protected())
CHILD = Child(name="Alva")


def set_level(
    case: Case, level: Level, reason: str = "Ny uppgift."
) -> ev.LevelSet | ev.LoweringProposed:
    return assessing.set_level(case, level=level, reason=reason, actor=MIRA, at=it.after(20))


def answer_lowering(case: Case, *, approve: bool, reason: str = "") -> ev.Event:
    return assessing.answer_lowering(
        case, approve=approve, reason=reason, actor=NORA, at=it.after(30)
    )


def test_the_level_waits_for_the_protection_assessment() -> None:
    with pytest.raises(ProtectionFirst) as refused:
        set_level(it.case_of(it.classified()), Level.RED)
    assert refused.value.law == "SoL 20:1"


@pytest.mark.parametrize(("needed", "measures", "field"), [(True, " ", "measures")])
def test_a_child_that_needs_protection_gets_it_in_writing(
    needed: bool, measures: str, field: str
) -> None:
    with pytest.raises(Invalid) as told:
        assessing.assess_protection(
            it.case_of(), needed=needed, reasons="Rädd.", measures=measures, actor=MIRA,
            at=it.after(9),
        )  # fmt: skip
    assert list(told.value.faults) == [field]


def test_the_protection_assessment_has_reasons_and_may_be_made_again() -> None:
    case = it.case_of(it.protected())
    again = assessing.assess_protection(
        case, needed=True, reasons=" Rädd. ", measures=" Jourhem. ", actor=MIRA, at=it.after(99)
    )

    assert (again.reasons, again.measures) == ("Rädd.", "Jourhem.")
    with pytest.raises(Invalid):
        assessing.assess_protection(
            case, needed=False, reasons=" ", measures="", actor=MIRA, at=it.after(99)
        )


def test_confirming_what_the_rules_propose_needs_no_reason() -> None:
    confirmed = set_level(it.case_of(*READY), Level.ORANGE, reason="")

    assert isinstance(confirmed, ev.LevelSet)
    assert confirmed.proposed_by is None


def test_one_person_raises_the_level_with_a_reason() -> None:
    assert isinstance(set_level(it.case_of(*READY), Level.RED), ev.LevelSet)
    with pytest.raises(Invalid) as told:
        set_level(it.case_of(*READY), Level.RED, reason=" ")
    assert list(told.value.faults) == ["reason"]


def test_changing_a_level_that_somebody_has_set_needs_a_reason_even_back_to_the_proposal() -> None:
    case = it.case_of(*READY, it.level_set(Level.RED))

    with pytest.raises(Invalid):
        set_level(case, Level.ORANGE, reason="")


SET = it.level_set(Level.ORANGE)
LOWER: list[tuple[str, tuple[ev.Event, ...], Level]] = [
    ("below the proposal", READY, Level.GREEN),
    ("below what was confirmed", (*READY, it.level_set(Level.RED)), Level.ORANGE),
    (
        "below an earlier proposal, after answers were taken back",
        (*READY, it.classified(Level.GREEN)),
        Level.GREEN,
    ),
    (
        "below a raise that the rules propose",
        (*READY, SET, it.classified(Level.RED, at=it.after(13))),
        Level.ORANGE,
    ),
    (
        "below a raise, after the answers were taken back",
        (*READY, SET, it.classified(Level.RED), it.classified(Level.GREEN)),
        Level.ORANGE,
    ),
]


@pytest.mark.parametrize(
    ("events", "level"), [row[1:] for row in LOWER], ids=[row[0] for row in LOWER]
)
def test_one_person_never_lowers_the_level_alone(
    events: tuple[ev.Event, ...], level: Level
) -> None:
    case = it.case_of(*events)
    proposed = set_level(case, level)

    assert isinstance(proposed, ev.LoweringProposed)
    after = extend(case, [proposed])
    assert after.level is case.level
    with pytest.raises(SecondPersonNeeded):
        assessing.answer_lowering(after, approve=True, reason="", actor=MIRA, at=it.after(30))
    approved = extend(after, [answer_lowering(after, approve=True)])
    assert (approved.level, approved.lowering) == (level, None)
    assert approved.levels[-1].proposed_by == MIRA.id
    assert not approved.raise_is_proposed


def test_a_lowering_that_is_declined_leaves_the_level_and_says_why() -> None:
    case = it.case_of(*READY, it.lowering(by=MIRA.id))

    with pytest.raises(Invalid):
        answer_lowering(case, approve=False)
    after = extend(case, [answer_lowering(case, approve=False, reason="Nej.")])
    assert (after.level, after.lowering) == (Level.ORANGE, None)


def test_a_second_lowering_waits_for_the_first_but_raising_does_not() -> None:
    case = it.case_of(*READY, it.lowering(by=MIRA.id))

    with pytest.raises(LoweringAlreadyProposed):
        set_level(case, Level.GREEN)
    raised = extend(case, [set_level(case, Level.RED)])
    assert (raised.level, raised.lowering) == (Level.RED, None)


def test_without_a_proposed_lowering_there_is_none_to_answer() -> None:
    with pytest.raises(NoLoweringToAnswer):
        answer_lowering(it.case_of(*READY), approve=True)


def test_before_anybody_knew_anything_the_precaution_may_fall_when_something_is_known() -> None:
    case = it.case_of(it.classified(Level.ORANGE, known=False), it.classified(Level.GREEN))

    assert case.level is Level.GREEN


def test_a_case_that_nobody_has_classified_is_red() -> None:
    assert it.case_of().level is Level.RED


RAISES: list[tuple[str, tuple[ev.Classified, ...], bool]] = [
    ("a higher level", (it.classified(Level.RED),), True),
    ("the same again", (it.classified(Level.ORANGE),), False),
    ("lower", (it.classified(Level.GREEN),), False),
    ("higher and then taken back", (it.classified(Level.RED), it.classified(Level.GREEN)), True),
]


@pytest.mark.parametrize(
    ("said", "raised"), [row[1:] for row in RAISES], ids=[row[0] for row in RAISES]
)
def test_a_raise_is_proposed_when_the_rules_have_said_more_than_the_set_level(
    said: tuple[ev.Classified, ...], raised: bool
) -> None:
    assert it.case_of(*READY, SET, *said).raise_is_proposed is raised


def test_what_two_persons_have_weighed_is_no_news_but_another_reason_is() -> None:
    lowered = (it.classified(Level.RED, "a"), it.protected(), SET)

    assert not it.case_of(*lowered, it.classified(Level.RED, "a")).raise_is_proposed
    assert it.case_of(*lowered, it.classified(Level.RED, "a", "b")).raise_is_proposed


def test_setting_the_level_answers_a_raise() -> None:
    raised = it.case_of(*READY, SET, it.classified(Level.RED))

    assert not extend(raised, [set_level(raised, Level.RED)]).raise_is_proposed


YES, NO, UNKNOWN = Value.YES, Value.NO, Value.UNKNOWN


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ([("skola", YES), ("barnet", NO)], YES),
        ([("polis", NO), ("skola", YES)], YES),
        ([("skola", NO), ("skola", YES)], YES),
        ([("polis", NO), ("barnet", NO)], NO),
        ([("polis", UNKNOWN), ("barnet", NO)], NO),
        ([("barnet", UNKNOWN)], UNKNOWN),
    ],
)
def test_a_yes_outweighs_and_unknown_yields(said: list[tuple[str, Value]], value: Value) -> None:
    case = it.case_of(*(it.answered(source=source, fraga=value) for source, value in said))

    assert case.answers["fraga"].value is value


def test_a_no_from_the_child_yields_to_a_no_from_somebody_else() -> None:
    police, child = it.answered(source="polis", q=NO), it.answered(source="barnet", q=NO)

    for order in ((police, child), (child, police)):
        assert it.case_of(*order).answers["q"] == Answer(NO, "polis")


def test_violence_that_somebody_has_told_of_stays_told_when_it_is_taken_back() -> None:
    case = it.case_of(it.answered(vald=YES), it.answered(vald=NO))

    assert case.answers["vald"].value is NO
    assert case.violent(("vald",))
    assert not it.case_of(it.answered(vald=UNKNOWN)).violent(("vald",))


def test_at_least_one_question_is_answered() -> None:
    said = {"vald": Answer(NO, "skola")}
    with pytest.raises(Invalid):
        assessing.answer_questions(it.case_of(), answers={}, actor=MIRA, at=it.after(9))

    event = assessing.answer_questions(it.case_of(), answers=said, actor=MIRA, at=it.after(9))

    assert (event.by, event.answers) == (MIRA.id, said)


def test_what_the_rules_say_is_kept_as_they_said_it() -> None:
    said = it.classification(Level.ORANGE)

    event = assessing.classify(said, by=MIRA.id, at=it.after(9))

    assert event.classification is said
    assert extend(it.case_of(), [event]).proposed_level is Level.ORANGE


def test_after_a_fault_in_the_engines_nobody_confirms_without_saying_what_it_rests_on() -> None:
    unsure = replace(it.classification(Level.RED), incident="motorfel")
    faulty = ev.Classified(at=it.after(5), by=MIRA.id, classification=unsure)
    case = it.case_of(faulty, it.protected())

    with pytest.raises(Invalid) as told:
        set_level(case, Level.RED, reason=" ")
    assert list(told.value.faults) == ["reason"]
    assert isinstance(set_level(case, Level.RED, reason="Samtal."), ev.LevelSet)


def test_a_note_is_about_an_event_that_exists_and_of_a_kind_that_exists() -> None:
    case = it.case_of(*READY)

    def note(
        about: int | None = None, nature: str = "rättelse", text: str = "Fel."
    ) -> ev.NoteAdded:
        return assessing.add_note(
            case, about_seq=about, nature=nature, text=text, actor=MIRA, at=it.after(9)
        )

    assert (note(3).about_seq, note().about_seq) == (3, None)
    faulty: tuple[Mapping[str, object], ...] = (
        {"about": 0}, {"about": 4}, {"nature": "skvaller"}, {"text": " "},
    )  # fmt: skip
    for changes in faulty:
        with pytest.raises(Invalid):
            note(**changes)  # type: ignore[arg-type]


def test_a_correction_says_why() -> None:
    with pytest.raises(Invalid):
        assessing.correct_child(it.case_of(), child=CHILD, reason=" ", actor=MIRA, at=it.after(9))

    event = assessing.correct_child(
        it.case_of(), child=CHILD, reason=" Fel namn. ", actor=MIRA, at=it.after(9)
    )
    assert (event.child, event.reason) == (CHILD, "Fel namn.")


def test_a_child_that_needs_no_protection_needs_no_measures() -> None:
    calm = assessing.assess_protection(
        it.case_of(), needed=False, reasons="Trygg.", measures=" ", actor=MIRA, at=it.after(9)
    )

    assert (calm.needed, calm.measures) == (False, "")


def test_the_word_of_the_child_or_a_guardian_alone_is_partial_and_only_theirs() -> None:
    partial = {kind for kind in ReporterKind if kind.partial}

    assert partial == {ReporterKind.CHILD, ReporterKind.GUARDIAN}
    assert not any(kind.under_duty for kind in partial)


def test_only_the_delegate_decides() -> None:
    with pytest.raises(NotAllowed, match="saknar delegation") as refused:
        assessing.require_delegation(OSKAR, "inleda_utredning", "KL 6:37")
    assert refused.value.law == "KL 6:37"


Act = Callable[[Case], object]
STEPS: dict[str, Act] = {
    "protection": lambda case: assessing.assess_protection(
        case, needed=False, reasons="a", measures="", actor=MIRA, at=it.after(500)
    ),
    "questions": lambda case: assessing.answer_questions(
        case, answers={"q": Answer(YES, "skola")}, actor=MIRA, at=it.after(500)
    ),
    "level": lambda case: set_level(case, Level.RED),
    "lowering": lambda case: answer_lowering(case, approve=True),
    "child": lambda case: assessing.correct_child(
        case, child=CHILD, reason="a", actor=MIRA, at=it.after(500)
    ),
}


@pytest.mark.parametrize("step", list(STEPS))
def test_a_closed_case_takes_no_more_steps(step: str) -> None:
    with pytest.raises(CaseIsClosed):
        STEPS[step](it.case_of(*READY, it.decided(), it.closed()))


@pytest.mark.parametrize("step", ["level", "lowering"])
def test_after_the_decision_the_level_stands(step: str) -> None:
    with pytest.raises(AlreadyDecided):
        STEPS[step](it.case_of(*READY, it.decided()))
