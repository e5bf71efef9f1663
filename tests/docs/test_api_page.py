"""Every example of the API page is run, in order, and answers what the page says."""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from httpx2 import Response

from hub.api.problem import TYPES
from tests.api.service import Service, token_of
from tests.api.test_problems import PROMISED
from tests.docs.reading import CODED, rows
from tests.people import MIRA
from tests.shape.source import ROOT

PAGE = ROOT / "docs" / "api.md"
EXAMPLE = re.compile(r"```sh\n(curl.*?)```\n```json\n(.*?)```", re.DOTALL)
ANYTHING = "…"


def examples(text: str) -> Iterator[tuple[str, Any]]:
    for commands, answer in EXAMPLE.findall(text):
        yield commands, json.loads(answer)


def curls(commands: str) -> Iterator[list[str]]:
    """The arguments of each curl; a command ends where its line does, outside quotes."""
    words = shlex.shlex(commands, posix=True, punctuation_chars="\n")
    words.whitespace, words.whitespace_split = " \t", True
    found: list[str] = []
    for word in words:
        if word.strip("\n"):
            found.append(word)
        elif found:
            yield found
            found = []
    if found:
        yield found


@dataclass
class Shell:
    """Does what curl would do, with the variables of the page."""

    service: Service
    variables: dict[str, str] = field(default_factory=dict)

    def run(self, arguments: list[str]) -> Response:
        program, silent, url, *rest = (self._filled(argument) for argument in arguments)
        assert (program, silent) == ("curl", "-s")
        options = list(zip(rest[::2], rest[1::2], strict=True))
        headers = dict(value.split(": ", 1) for name, value in options if name == "-H")
        data = [value for name, value in options if name == "-d"]
        assert len(headers) + len(data) == len(options)
        method = "POST" if data else "GET"
        content = data[0].encode() if data else None
        return self.service.client.request(method, url, content=content, headers=headers)

    def _filled(self, text: str) -> str:
        return re.sub(r"\$([A-Z]+)", lambda match: self.variables[match[1]], text)


def differences(expected: Any, found: Any, where: str = "") -> Iterator[str]:
    """Where `found` lacks what is expected; it may hold more."""
    match expected:
        case dict():
            for name, value in expected.items():
                if not isinstance(found, dict) or name not in found:
                    yield f"{where}.{name} is missing"
                else:
                    yield from differences(value, found[name], f"{where}.{name}")
        case list():
            if not isinstance(found, list) or len(found) < len(expected):
                yield f"{where} is too short"
                return
            for number, value in enumerate(expected):
                if not any(not list(differences(value, one)) for one in found):
                    yield f"{where}[{number}] is missing"
        case _ if expected not in (ANYTHING, found):
            yield f"{where} is {found!r}"


def test_every_example_answers_what_the_page_says(service: Service) -> None:
    shell = Shell(service, {"HUB": "http://testserver", "NYCKEL": token_of(MIRA)})
    told = list(examples(PAGE.read_text("utf-8")))

    for commands, expected in told:
        answers = [shell.run(arguments) for arguments in curls(commands)]
        found = answers[-1].json()
        assert list(differences(expected, found)) == [], commands
        if "cases" in found:
            shell.variables["ARENDE"] = found["cases"][0]["id"]

    assert len(told) >= 8


def test_every_type_on_the_page_is_promised() -> None:
    named = {word for row in rows(PAGE) for cell in row for word in CODED.findall(cell)}
    types = {word.removeprefix(TYPES) for word in named if word.startswith(TYPES)}

    assert types
    assert types <= PROMISED


@pytest.mark.parametrize(
    ("expected", "found"), [({"a": 1}, {"a": 2}), ({"a": "…"}, {}), ([{"b": 1}], [{"b": 2}])]
)
def test_a_wrong_example_would_be_seen(expected: Any, found: Any) -> None:
    assert list(differences(expected, found))
