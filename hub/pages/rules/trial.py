"""Try the rules out: answer questions, and see level, interval and reasons move."""

from collections.abc import Mapping

from fastapi import Response

from hub import guard
from hub.pages.assessing import Answers, answers_of
from hub.pages.form import Form, again, blank
from hub.pages.sent import Fields, asked
from hub.pages.table import Page
from hub.pages.visit import TheVisit, Visit
from hub.views import words
from hub.views.questions import areas
from hub.views.trial import TrialView, fact_fields, trial_view
from rules.engines.rulebook import INTAKE_SOURCE
from rules.errors import Invalid
from rules.language.shape import Fact, FactType
from rules.language.syntax import Scalar
from rules.span import STOCKHOLM

_YES_OR_NO: Mapping[str, bool] = {"ja": True, "nej": False}


class TrialForm(Fields):
    """A made-up concern: nothing of it is kept."""

    answers: Answers = asked("Välj ja, nej eller okänt.", {})
    facts: dict[str, str] = asked("Uppgiften har fel form.", {})
    source: str = asked("Välj vem som har svarat.", INTAKE_SOURCE)


def show_trial(visit: TheVisit) -> Response:
    """The questions, and what the rules say when nothing is known."""
    return _page(visit, blank(), _classified(visit, TrialForm()))


def create_trial(visit: TheVisit) -> Response:
    """What the rules say of the answers; the page keeps them so that one can be changed."""
    try:
        view = _classified(visit, visit.sent.read(TrialForm))
    except Invalid as fault:
        return _page(visit, again(visit.sent, fault.faults), None, status=422)
    return _page(visit, again(visit.sent), view)


def _classified(visit: Visit, form: TrialForm) -> TrialView:
    rulebook, instrument = visit.office.rulebook(), visit.desk.instrument()
    day = visit.office.clock().astimezone(STOCKHOLM).date()
    answers = answers_of(form.answers, form.source)
    faults = dict(rulebook.check_answers(answers))
    if faults:
        raise Invalid({f"answers.{name}": sentence for name, sentence in faults.items()})
    facts = _facts(form.facts, instrument.words.facts)
    units = {name: unit.name for name, unit in rulebook.policy.units.items()}
    return trial_view(rulebook.classify(facts, answers, on=day), instrument.on(day), units)


def _facts(typed: Mapping[str, str], known: Mapping[str, Fact]) -> dict[str, Scalar | None]:
    """The facts as typed; what is left empty is unknown."""
    faults: dict[str, str] = {}
    facts: dict[str, Scalar | None] = {}
    for name, text in typed.items():
        fact = known.get(name)
        if fact is None:
            faults[f"facts.{name}"] = "Uppgiften finns inte i reglerna."
        elif fact.type is FactType.NUMBER and not text.isdecimal():
            faults[f"facts.{name}"] = f"Skriv ett heltal {fact.min}–{fact.max}, eller lämna tomt."
        elif fact.type is FactType.NUMBER:
            facts[name] = int(text)
        else:
            facts[name] = _YES_OR_NO.get(text, text)
    if faults:
        raise Invalid(faults)
    return facts


def _page(visit: Visit, form: Form, view: TrialView | None, *, status: int = 200) -> Response:
    instrument = visit.desk.instrument()
    return visit.page(
        "rules/trial.html",
        form=form,
        status=status,
        view=view,
        version=instrument.version,
        areas=areas(instrument),
        facts=fact_fields(instrument),
        sources=words.sources(visit.office.rulebook().policy),
    )


PAGES = (
    Page(path="/rules/trial", endpoint=show_trial, allow=guard.LOGGED_IN),
    Page(path="/rules/trial", method="POST", endpoint=create_trial, allow=guard.LOGGED_IN),
)
