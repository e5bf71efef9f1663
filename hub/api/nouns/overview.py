"""What is not one case: deadlines, rules, classifications, the access log, the caller."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from fastapi import Query

from hub.api.bearer import Caller, TheDesk
from hub.api.bodies.assessing import ClassificationBody
from hub.api.bodies.shape import answers_of
from hub.api.documented import LISTS, TAKES
from hub.api.route import nouns
from hub.api.shown.around import AccessLine, AccessLog, Me, RulesShown, rules_shown
from hub.api.shown.classified import Classified
from hub.api.shown.lists import Deadlines, deadline_list
from rules.errors import Invalid
from rules.language.vocabulary import Vocabulary, wrong_fact
from rules.local_time import local_day
from workflows.reading import read_access_log, read_deadlines

router = nouns("Översikt")


@router.get("/me", summary="Vem nyckeln hör till", responses=LISTS)
def show_me(actor: Caller) -> Me:
    """Kontot, rollerna, enheten och delegationerna."""
    return Me.of(actor)


@router.get("/deadlines", summary="Löpande frister och fristbrott", responses=LISTS)
def list_deadlines(actor: Caller, desk: TheDesk) -> Deadlines:
    """För chefer; utan något av vad ärendena säger."""
    return deadline_list(read_deadlines(desk.office, actor))


@router.get("/rules", summary="Reglerna som gäller nu", responses=LISTS)
def show_rules(_actor: Caller, desk: TheDesk) -> RulesShown:
    """Frågorna, reglerna med skäl, och de ord som kropparna får använda."""
    return rules_shown(desk.instrument(), desk.office.rulebook().policy)


@router.post("/classifications", summary="Klassa utan att spara", responses=TAKES)
def create_classification(body: ClassificationBody, _actor: Caller, desk: TheDesk) -> Classified:
    """Samma svar som en rad till `hub rules classify`."""
    rulebook, answers = desk.office.rulebook(), answers_of(body.answers)
    faults = dict(_wrong_facts(desk.instrument().words, body.facts))
    faults |= {f"answers.{name}": said for name, said in rulebook.check_answers(answers).items()}
    if faults:
        raise Invalid(faults)
    day = local_day(desk.office.clock())
    return Classified.of(body.id, rulebook.classify(body.facts, answers, on=day))


def _wrong_facts(
    words: Vocabulary, facts: Mapping[str, int | bool | str | None]
) -> Iterator[tuple[str, str]]:
    """Each fact that is no fact or has a value it cannot have, and what is wrong with it."""
    for name, value in facts.items():
        said = words.unknown_fact(name) or wrong_fact(words.facts[name], value)
        if said:
            yield f"facts.{name}", said


@router.get("/access-log", summary="Vem har läst och gjort vad", responses=LISTS)
def list_access(
    actor: Caller,
    desk: TheDesk,
    limit: Annotated[int, Query(ge=1, le=1000, description="Högst så många rader.")] = 200,
) -> AccessLog:
    """För granskare, de nyaste raderna först; att läsa loggen loggas också."""
    lines = read_access_log(desk.office, actor, limit=limit)
    return AccessLog(lines=tuple(AccessLine.of(line) for line in lines))
