"""Write a proposal: change a number in a form, or anything in the text of the rules file."""

from collections.abc import Mapping

from fastapi import Response
from pydantic import BaseModel

from hub import guard
from hub.pages.form import Form, again, blank
from hub.pages.refusals import status_of
from hub.pages.sent import Fields, asked
from hub.pages.table import Page
from hub.pages.visit import TheVisit, Visit, go
from rules.errors import Invalid, Refusal
from rules.language.ruleset import RulesFile
from rules.people import Role
from workflows import versions
from workflows.drafting import Typed, edits, numbers

_OWNERS = guard.roles(Role.RULE_OWNER)
_MOST_TOLD = 20


class NumberForm(BaseModel):
    """A number and why it is just that."""

    value: str = ""
    because: str = ""


class DraftForm(Fields):
    """A proposal; the text is the whole file, the numbers are written into it."""

    label: str = asked("Skriv en beteckning, till exempel 2027.1.")
    note: str = asked("Skriv varför reglerna ändras.")
    numbers: dict[str, NumberForm] = asked("Skriv heltal.", {})
    text: str = asked("Regelfilens text saknas.")


def show_draft(visit: TheVisit) -> Response:
    """The version in force, ready to be changed."""
    text = _in_force(visit)
    return _page(visit, blank({"text": (text,)}))


def create_draft(visit: TheVisit) -> Response:
    """Lay the proposal before the others; or every fault, with its line."""
    try:
        proposal = _proposed(visit)
    except Invalid as fault:
        return _page(visit, again(visit.sent, _told(fault.faults)), status=422)
    except Refusal as refusal:
        form = again(visit.sent, refusal=refusal.sentence)
        return _page(visit, form, status=status_of(refusal))
    return go(f"/rules/versions/{proposal}", "proposed")


def _proposed(visit: Visit) -> str:
    form = visit.sent.read(DraftForm)
    text = form.text.replace("\r\n", "\n").rstrip() + "\n"
    file = versions.sound(visit.office, text)
    typed = {name: Typed(it.value, it.because) for name, it in form.numbers.items()}
    whole = visit.desk.rule_tools.rewrite(text, edits(file, form.label, typed))
    return versions.propose(visit.office, visit.actor, text=whole, note=form.note).version


def _told(faults: Mapping[str, str]) -> dict[str, str]:
    """The faults of the text stand at the text, the first of them if they are very many."""
    of_text = [text for name, text in faults.items() if name.partition(".")[0] == "text"]
    others = {name: text for name, text in faults.items() if name.partition(".")[0] != "text"}
    if not of_text:
        return others
    more = len(of_text) - _MOST_TOLD
    told = of_text[:_MOST_TOLD] + ([f"… och {more} fel till."] if more > 0 else [])
    return others | {"text": " ".join(told)}


def _in_force(visit: Visit) -> str:
    current = visit.office.rulebook().version
    return versions.read_version(visit.office, current).text


def _page(visit: Visit, form: Form, *, status: int = 200) -> Response:
    base = visit.office.rulebook().version
    file: RulesFile = visit.office.read_rules(_in_force(visit))
    return visit.page(
        "rules/draft.html", form=form, status=status, base=base, numbers=numbers(file)
    )


PAGES = (
    Page(path="/rules/draft", endpoint=show_draft, allow=_OWNERS),
    Page(path="/rules/draft", method="POST", endpoint=create_draft, allow=_OWNERS),
)
