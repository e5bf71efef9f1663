"""The context over the API: counted, related, and refused by field like everything else."""

import pytest

from tests.api.service import Service, child, concern
from tests.people import MIRA

PLACE = "Skolgården Ängsvik 14 mars"


def test_children_in_a_context_are_counted_and_related_without_a_level(service: Service) -> None:
    caller = service.caller(MIRA)
    (first,) = caller.post("/concerns", concern(context=PLACE)).json()["cases"]
    other = child(personal_number="20191102-2380")
    answer = caller.post(
        "/concerns", concern(context="skolgården ängsvik, 14 mars", children=[other])
    )
    (second,) = answer.json()["cases"]

    assert answer.status_code == 201
    assert second["report"]["context"] == "skolgården ängsvik, 14 mars"
    assert second["report"]["facts"]["barn_i_samma_sammanhang_30d"] == 1
    (related,) = second["report"]["related"]
    assert (related["case_id"], related["relation"]) == (first["id"], "samma sammanhang")
    assert (related["level"], related["open"]) == (None, True)


def test_a_concern_without_a_context_has_none(service: Service) -> None:
    (case,) = service.caller(MIRA).post("/concerns", concern()).json()["cases"]

    assert case["report"]["context"] is None


@pytest.mark.parametrize("context", ["", "   ", "?", "x" * 101, "Hos 20160514-9895", 7, ["Torget"]])
def test_a_context_that_cannot_be_used_is_refused_by_field(
    service: Service, context: object
) -> None:
    answer = service.caller(MIRA).post("/concerns", concern(context=context))

    assert answer.status_code == 422
    assert "context" in answer.text
    assert "Hos" not in answer.text
    assert service.world.store.journal == {}
