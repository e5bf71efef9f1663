"""The OpenAPI description: every route, every body with an example, every answer."""

from collections.abc import Iterator
from typing import Any

import pytest

from hub.api.routes import document
from tests.api.service import BASE, Service
from tests.people import MIRA


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    ]


def test_it_is_served_without_a_token(service: Service) -> None:
    assert service.client.get(f"{BASE}/openapi.json").json() == document()


@pytest.mark.parametrize(("method", "path", "operation"), operations())
def test_every_route_is_described(method: str, path: str, operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]
    assert operation["security"] == [{"nyckel": []}]
    assert {"401", "429", "500", "503"} <= set(operation["responses"])
    assert ("404" in operation["responses"]) == ("{" in path)
    for status, response in operation["responses"].items():
        kinds = set(response["content"])
        assert kinds == {"application/json" if status < "300" else "application/problem+json"}


@pytest.mark.parametrize(("method", "path", "operation"), operations())
def test_every_body_has_an_example(method: str, path: str, operation: dict[str, Any]) -> None:
    content = operation.get("requestBody", {}).get("content", {})

    for schema in (kind["schema"] for kind in content.values()):
        name = schema["$ref"].rsplit("/", 1)[-1]
        model = document()["components"]["schemas"][name]
        assert model["examples"]
        assert model["additionalProperties"] is False


def test_every_reference_leads_somewhere() -> None:
    schemas = document()["components"]["schemas"]

    assert {ref.rsplit("/", 1)[-1] for ref in _references(document())} <= set(schemas)
    assert "HTTPValidationError" not in schemas


def test_a_body_written_as_the_example_is_taken(service: Service) -> None:
    example = document()["components"]["schemas"]["ConcernBody"]["examples"][0]

    assert service.caller(MIRA).post("/concerns", example).status_code == 201


def _references(tree: object) -> Iterator[str]:
    if isinstance(tree, dict):
        if isinstance(tree.get("$ref"), str):
            yield tree["$ref"]
        for inner in tree.values():
            yield from _references(inner)
    elif isinstance(tree, list):
        for inner in tree:
            yield from _references(inner)
