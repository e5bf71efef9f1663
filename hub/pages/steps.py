"""A step in a case as a page with one form: shown, sent, and shown again when it was refused."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from fastapi import Response

from hub import guard
from hub.pages.cases import lens_of
from hub.pages.form import Form, again, blank
from hub.pages.refusals import status_of
from hub.pages.sent import SEEN
from hub.pages.table import Page
from hub.pages.visit import CaseId, TheVisit, Visit, go
from hub.views.case import Lens, identity, permitted
from hub.views.story import Told, lines
from rules.access import Action
from rules.errors import ChangedMeanwhile, GateClosed, Invalid, NotAllowed, Refusal
from rules.people import PROGRAM
from workflows.reading import CaseView, read_case

Shown = Mapping[str, object]
Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a step's form is drawn from."""

    visit: Visit
    read: CaseView
    lens: Lens


def nothing(_scene: Scene) -> Shown:
    """The form needs nothing besides the case."""
    return {}


def no_values(_scene: Scene) -> Values:
    """The form starts empty."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: where it is, who may take it, what its form shows, what it does and then says."""

    noun: str
    title: str
    action: Action
    does: Callable[[Visit, str], object]
    done: str
    shows: Callable[[Scene], Shown] = nothing
    starts_with: Callable[[Scene], Values] = no_values
    then: str = ""
    careful: bool = False

    @property
    def path(self) -> str:
        return f"/cases/{{case_id}}/{self.noun}"

    def page(
        self, visit: Visit, read: CaseView, form: Form, *, status: int = 200, told: bool = True
    ) -> Response:
        """The page with the form as it stands; unless the person is `told` what is new, the form
        goes on from what they had seen."""
        if self.action not in permitted(read.relations):
            raise NotAllowed
        scene = Scene(visit, read, lens_of(visit, read.moment.at))
        return visit.page(
            f"steps/{self.noun}.html",
            form=form if form.values or form.wrong else blank(self.starts_with(scene)),
            status=status,
            title=self.title,
            identity=identity(read.case),
            case=read.case,
            seen=read.case.version if told else visit.sent.control(SEEN),
            news=_news(scene) if told else (),
            lens=scene.lens,
            **self.shows(scene),
        )

    def show(self, case_id: CaseId, visit: TheVisit) -> Response:
        """The form before anybody typed in it."""
        return self.page(visit, read_case(visit.office, visit.actor, case_id), blank())

    def take(self, case_id: CaseId, visit: TheVisit) -> Response:
        """Do it and go on; or the page again with what was typed and why it was refused."""
        if visit.sent.only_changes_rows:
            return self._again(visit, case_id, again(visit.sent), status=200)
        try:
            if self.careful:
                _require_nothing_new(visit, case_id)
            self.does(visit, case_id)
        except NotAllowed:
            raise
        except Invalid as fault:
            return self._again(visit, case_id, again(visit.sent, fault.faults), status=422)
        except Refusal as refusal:
            form = again(visit.sent, refusal=_told(refusal), law=refusal.law or "")
            changed = isinstance(refusal, ChangedMeanwhile)
            return self._again(visit, case_id, form, status=status_of(refusal), told=changed)
        return go(f"/cases/{case_id}{self.then}", self.done)

    def _again(
        self, visit: Visit, case_id: str, form: Form, *, status: int, told: bool = False
    ) -> Response:
        read = read_case(visit.office, visit.actor, case_id)
        return self.page(visit, read, form, status=status, told=told)

    def pages(self) -> tuple[Page, Page]:
        """The two rows of the route table."""
        allow = guard.on_case(self.action)
        return (
            Page(path=self.path, endpoint=self.show, allow=allow),
            Page(path=self.path, method="POST", endpoint=self.take, allow=allow),
        )


def _news(scene: Scene) -> tuple[Told, ...]:
    """What people have written since the form was opened, when it was sent."""
    seen = scene.visit.sent.seen
    if seen is None:
        return ()
    every = lines(scene.read.events, scene.lens, clocks=False)
    events = scene.read.events
    return tuple(it for it in every if it.seq > seen and events[it.seq - 1].by != PROGRAM.id)


def _told(refusal: Refusal) -> str:
    """The sentence; a shut gate says which rule shut it."""
    if isinstance(refusal, GateClosed):
        return f"{refusal.sentence} Regel: {refusal.gate}."
    return refusal.sentence


def _require_nothing_new(visit: Visit, case_id: str) -> None:
    """What somebody else has written since the page was opened has to be read first."""
    seen = visit.sent.seen
    if seen is None:
        raise ChangedMeanwhile
    read = read_case(visit.office, visit.actor, case_id)
    if any(event.by != PROGRAM.id for event in read.events[seen:]):
        raise ChangedMeanwhile


def pages_of(steps: Iterable[Step]) -> tuple[Page, ...]:
    """The rows of the route table for all steps."""
    return tuple(page for step in steps for page in step.pages())
