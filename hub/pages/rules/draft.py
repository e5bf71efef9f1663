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
from hub.views.versions import example_line
from rules.errors import Invalid, Refusal
from rules.language.ruleset import RulesFile
from rules.people import Role
from workflows import versions
from workflows.carrying import Overturned, carried, overturned
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
    carry: bool = False
    text: str = asked("Regelfilens text saknas.")


def show_draft(visit: TheVisit) -> Response:
    """The version in force, ready to be changed."""
    text = _in_force(visit)
    return _page(visit, blank({"text": (text,)}))


def create_draft(visit: TheVisit) -> Response:
    """Lay the proposal before the others; or every fault, with its line."""
    try:
        form = visit.sent.read(DraftForm)
        text = _written(visit, form)
        wrong = overturned(visit.office.read_rules(text))
        if wrong and not form.carry:
            faults = {"carry": "Exemplen nedan säger tvärtom nu. Läs dem och svara."}
            return _page(visit, again(visit.sent, faults), overturned=wrong, status=422)
        whole = visit.desk.rule_tools.rewrite(text, carried(visit.office.read_rules(text)))
        proposal = versions.propose(visit.office, visit.actor, text=whole, note=form.note)
    except Invalid as fault:
        return _page(visit, again(visit.sent, _told(fault.faults)), status=422)
    except Refusal as refusal:
        form_again = again(visit.sent, refusal=refusal.sentence)
        return _page(visit, form_again, status=status_of(refusal))
    return go(f"/rules/versions/{proposal.version}", "proposed")


def _written(visit: Visit, form: DraftForm) -> str:
    """The text with the numbers and the label in it."""
    text = form.text.replace("\r\n", "\n").rstrip() + "\n"
    file = versions.readable(visit.office, text)
    typed = {name: Typed(it.value, it.because) for name, it in form.numbers.items()}
    whole = visit.desk.rule_tools.rewrite(text, edits(file, form.label, typed))
    versions.readable(visit.office, whole)
    return whole


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


def _page(
    visit: Visit, form: Form, *, overturned: tuple[Overturned, ...] = (), status: int = 200
) -> Response:
    base = visit.office.rulebook().version
    file: RulesFile = visit.office.read_rules(_in_force(visit))
    return visit.page(
        "rules/draft.html",
        form=form,
        status=status,
        base=base,
        numbers=numbers(file),
        overturned=[example_line(it, file.ruleset) for it in overturned],
    )


PAGES = (
    Page(path="/rules/draft", endpoint=show_draft, allow=_OWNERS),
    Page(path="/rules/draft", method="POST", endpoint=create_draft, allow=_OWNERS),
)
