"""One step in a case over the API: who takes it, in which case, and how it is answered."""

import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Path, Response

from hub.api.answering import case_answer
from hub.api.bearer import Caller
from hub.api.precondition import StepOffice
from hub.api.shown.case import CaseShown
from rules.case import Case
from rules.errors import NotVisible
from rules.people import Actor
from workflows.ports import Office

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def known_form(
    _actor: Caller, case_id: Annotated[str, Path(description="Ärendets id, inte dess nummer.")]
) -> str:
    """The id of a case; what cannot be one is as unknown as any other."""
    if not _ID.fullmatch(case_id):
        raise NotVisible
    return case_id


CaseId = Annotated[str, Depends(known_form)]


@dataclass(frozen=True, slots=True)
class Step:
    """What a step is taken with."""

    case_id: str
    actor: Actor
    office: Office
    response: Response

    def answer(self, case: Case) -> CaseShown:
        """The case after the step."""
        return case_answer(self.office, self.actor, case, response=self.response)


def taken(case_id: CaseId, *, actor: Caller, office: StepOffice, response: Response) -> Step:
    """The step that a request asks for."""
    return Step(case_id, actor, office, response)


TheStep = Annotated[Step, Depends(taken)]
