"""Try the rules out: answer questions, and see level, interval and reasons move."""

from collections.abc import Mapping

from fastapi import Response

from hub import guard
from hub.pages.assessing import Answers, answers_of
from hub.pages.form import Form, again, blank
from hub.pages.rules.versions import READERS
from hub.pages.sent import Fields, asked
from hub.pages.table import Page
from hub.pages.visit import TheVisit, Visit
from hub.views import words
from hub.views.questions import areas
from hub.views.trial import TrialView, fact_fields, trial_view
from rules.engines.engine import Engine
from rules.engines.rulebook import INTAKE_SOURCE
from rules.errors import Invalid, NotAllowed
from rules.language.ruleset import RuleSet
from rules.language.shape import Fact, FactType
from rules.language.syntax import Scalar
from rules.language.vocabulary import as_whole, wrong_fact
from rules.local_time import local_day
from workflows import versions

_YES_OR_NO: Mapping[str, bool] = {"ja": True, "nej": False}


class TrialForm(Fields):
    """A made-up concern: nothing of it is kept."""

    answers: Answers = asked("Välj ja, nej eller okänt.", {})
    facts: dict[str, str] = asked("Uppgiften har fel form.", {})
    source: str = asked("Välj vem som har svarat.", INTAKE_SOURCE)
    version: str = ""


def show_trial(visit: TheVisit) -> Response:
    """The questions, and what the rules say when nothing is known."""
    form = TrialForm(version=visit.query.get("version", ""))
    instrument = _instrument(visit, form.version)
    values = {"version": (form.version,)}
    return _page(visit, blank(values), instrument, view=_answered(visit, form, instrument))


def create_trial(visit: TheVisit) -> Response:
    """What the rules say of the answers; the page keeps them so that one can be changed."""
    instrument = _instrument(visit, visit.sent.values.get("version", ("",))[-1])
    try:
        view = _answered(visit, visit.sent.read(TrialForm), instrument)
    except Invalid as fault:
        return _page(visit, again(visit.sent, fault.faults), instrument, status=422)
    return _page(visit, again(visit.sent), instrument, view=view)


def _instrument(visit: Visit, version: str) -> RuleSet:
    """The rules in force, or another version for those who decide about versions."""
    current = visit.desk.instrument()
    if version in ("", current.version):
        return current
    if not READERS.lets(visit.actor):
        raise NotAllowed
    return versions.readable(
        visit.office, versions.read_version(visit.office, version).text
    ).ruleset


def _answered(visit: Visit, form: TrialForm, instrument: RuleSet) -> TrialView:
    rulebook = visit.office.rulebook()
    day = local_day(visit.office.clock())
    of_day = instrument.on(day)
    answers = answers_of(form.answers, form.source)
    facts = _facts(form.facts, of_day.words.facts)
    engine = Engine(of_day)
    try:
        found = engine.classify(facts, answers)
    finally:
        engine.retire()
    units = {name: unit.name for name, unit in rulebook.policy.units.items()}
    return trial_view(found, of_day, units)


def _facts(typed: Mapping[str, str], known: Mapping[str, Fact]) -> dict[str, Scalar | None]:
    """The facts as typed; what is left empty is unknown."""
    faults: dict[str, str] = {}
    facts: dict[str, Scalar | None] = {}
    for name, text in typed.items():
        fact = known.get(name)
        if fact is None:
            faults[f"facts.{name}"] = "Uppgiften finns inte i reglerna."
        elif fact.type is FactType.NUMBER:
            facts[name] = number = as_whole(text)
            if number is None or wrong_fact(fact, number):
                wanted = f"Skriv ett heltal {fact.min}–{fact.max}, eller lämna tomt."
                faults[f"facts.{name}"] = wanted
        else:
            facts[name] = _YES_OR_NO.get(text, text)
    if faults:
        raise Invalid(faults)
    return facts


def _page(
    visit: Visit,
    form: Form,
    instrument: RuleSet,
    *,
    view: TrialView | None = None,
    status: int = 200,
) -> Response:
    return visit.page(
        "rules/trial.html",
        form=form,
        status=status,
        view=view,
        version=instrument.version,
        in_force=instrument.version == visit.desk.instrument().version,
        areas=areas(instrument),
        facts=fact_fields(instrument),
        sources=words.sources(visit.office.rulebook().policy),
    )


PAGES = (
    Page(path="/rules/trial", endpoint=show_trial, allow=guard.LOGGED_IN),
    Page(path="/rules/trial", method="POST", endpoint=create_trial, allow=guard.LOGGED_IN),
)
