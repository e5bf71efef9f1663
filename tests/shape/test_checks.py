"""Each check of shape is shown to fail on what it is there to stop, and to let the rest be."""

import pytest

from tests.shape import checks
from tests.shape.source import kept_files, parse, sources

DEEP = """
def f(x):
    if x:
        for a in x:
            while a:
                with a:
                    if a:
                        return a
"""
ELIFS = "def f(x):\n    if x == 0:\n        return 0\n" + "".join(
    f"    elif x == {n}:\n        return {n}\n" for n in range(1, 9)
)

STOPPED = [
    (checks.fits_in_the_head, "rules/a.py", "x = 1\n" * 401),
    (checks.fits_in_the_head, "rules/a.py", "def f():\n" + "    x = 1\n" * 40),
    (checks.is_flat, "hub/a.py", DEEP),
    (checks.says_what_it_is, "hub/a.py", "x = 1\n"),
    (checks.imports_at_the_top, "tests/a.py", "def f():\n    import json\n"),
    (checks.imports_at_the_top, "hub/a.py", "def f():\n    from json import dumps\n"),
    (checks.is_told_the_time, "hub/a.py", "import datetime\ndatetime.datetime.now(datetime.UTC)\n"),
    (checks.is_told_the_time, "rules/a.py", "from datetime import date\ndate.today()\n"),
    (checks.is_told_the_time, "rules/a.py", "clock = datetime.utcnow\n"),
    (checks.is_told_the_time, "adapters/a.py", "import time\ntime.time()\n"),
    (checks.is_told_the_time, "adapters/a.py", "from time import time\n"),
    (checks.touches_nothing_outside, "rules/a.py", "open('x')\n"),
    (checks.touches_nothing_outside, "rules/a.py", "from pathlib import Path\n"),
    (checks.touches_nothing_outside, "workflows/a.py", "import socket\n"),
    (checks.touches_nothing_outside, "workflows/a.py", "import os.path\n"),
    (checks.names_its_arguments, "hub/a.py", "def f(a, b, c, d): ...\n"),
    (checks.names_its_arguments, "hub/a.py", "class A:\n    def f(self, a, b, c, d): ...\n"),
    (checks.prints_only_at_the_command_line, "adapters/a.py", "print('x')\n"),
    (checks.keeps_init_empty, "hub/__init__.py", '"""Hub."""\nfrom hub.app import app\n'),
    (checks.has_no_globals, "hub/a.py", "def f():\n    global x\n    x = 1\n"),
    (checks.names_no_mock, "tests/a.py", "from unittest import mock\n"),
    (checks.names_no_mock, "tests/a.py", "from unittest.mock import Mock\n"),
]

LET_BE = [
    (checks.fits_in_the_head, "rules/a.py", "def f():\n" + "    x = 1\n" * 39),
    (checks.is_flat, "hub/a.py", ELIFS),
    (checks.is_told_the_time, "adapters/clock.py", "import datetime\ndatetime.datetime.now()\n"),
    (checks.is_told_the_time, "tests/a.py", "datetime.now(UTC)\n"),
    (checks.touches_nothing_outside, "adapters/a.py", "from pathlib import Path\nopen('x')\n"),
    (checks.names_its_arguments, "hub/a.py", "def f(a, b, c, *, d, e): ...\n"),
    (checks.names_its_arguments, "hub/a.py", "@routes.post('/x')\ndef f(a, b, c, d): ...\n"),
    (checks.prints_only_at_the_command_line, "hub/cli.py", "print('x')\n"),
    (checks.keeps_init_empty, "hub/__init__.py", '"""Hub."""\n'),
]


@pytest.mark.parametrize(("check", "path", "text"), STOPPED)
def test_the_check_stops(check: checks.Check, path: str, text: str) -> None:
    assert list(check(parse(path, text)))


@pytest.mark.parametrize(("check", "path", "text"), LET_BE)
def test_the_check_lets_be(check: checks.Check, path: str, text: str) -> None:
    assert list(check(parse(path, text))) == []


def test_every_check_is_shown_to_stop_something() -> None:
    assert {check for check, _, _ in STOPPED} == set(checks.CHECKS)


@pytest.mark.parametrize("parts", [("/", "root/x"), (" /", "tmp/y"), ("https://pypi.", "org/x")])
def test_a_machine_word_is_found(parts: tuple[str, str]) -> None:
    assert checks.machine_words("".join(parts))


@pytest.mark.parametrize("text", ["./var/tmp", "hub/work/clock.py", "/cases/1", "roots/work"])
def test_an_ordinary_path_is_no_machine_word(text: str) -> None:
    assert checks.machine_words(text) == []


def test_a_long_template_is_seen() -> None:
    assert not checks.is_short_template("<p>\n" * 121)


def test_the_checks_have_something_to_read() -> None:
    assert {file.floor for file in sources()} >= {"rules", "workflows", "adapters", "hub", "tests"}
    assert "pyproject.toml" in {file.name for file in kept_files()}
