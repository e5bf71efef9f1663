"""Whatever is sent, the API answers as its description says, and never with a 500."""

import pytest
from hypothesis import HealthCheck, given, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.openapi import from_asgi
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hub.api.routes import document
from tests.api.service import BASE, Service, token_of
from tests.api.stages import handed_over_case
from tests.people import CIA, MIRA, UTA

TRUE_TO_THE_DESCRIPTION = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
OPERATIONS = [(path, method) for path, methods in document()["paths"].items() for method in methods]
OTHERS = {"receipts": UTA, "conclusions": UTA, "explanations": CIA}


@pytest.fixture(scope="module")
def hub() -> tuple[BaseSchema, str]:
    """The description as an app with one case serves it, and the case."""
    service = Service(alone=True)
    case_id = handed_over_case(service.world)
    return from_asgi(f"{BASE}/openapi.json", service.client.app), case_id


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_as_described(
    hub: tuple[BaseSchema, str], path: str, method: str, mode: GenerationMode
) -> None:
    schema, case_id = hub
    person = OTHERS.get(path.rsplit("/", 1)[-1], MIRA)
    headers = {"Authorization": f"Bearer {token_of(person)}"}

    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    @settings(max_examples=12, suppress_health_check=list(HealthCheck))
    def every_answer_is_as_described(case: Case) -> None:
        if "case_id" in case.path_parameters:
            case.path_parameters["case_id"] = case_id
        response = case.call(headers=headers)
        case.validate_response(response, checks=TRUE_TO_THE_DESCRIPTION)

    every_answer_is_as_described()
