"""A rules file made to be slow or to crash is refused in a sentence, for little work."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.rulesfile import load, parse
from rules.language.fault import Unreadable, Unsound
from rules.language.limits import MOST_SIGNS
from tests.rules import shipped
from tests.rules_slow.hostile import READ, SHIPPED, TEXTS

# What one file may cost: seconds of work, which is about one on an ordinary machine, and memory.
SECONDS = 10
BYTES = 2 * 2**30

PROGRAM = "from tests.rules_slow.test_hostile import tell_all; tell_all()"

PROVING = """
import sys
from adapters.rulesfile import parse
from tests.rules_slow.hostile import READ
from tests.rules_slow.test_hostile import within_limits
from workflows.rulecheck import report
file = parse(READ["a million alternatives"]())
within_limits()
for fault in report(file).faults:
    sys.stdout.buffer.write((fault.sentence("rules.yaml") + "\\n").encode())
"""


def refused(text: str) -> list[str]:
    """What is said of a text; nothing when it is read."""
    try:
        parse(text)
    except Unreadable as unreadable:
        return [str(unreadable)]
    except Unsound as unsound:
        return [fault.sentence("rules.yaml") for fault in unsound.faults]
    return []


def within_limits() -> None:
    """From now on this process may work so long, and hold so much."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(before.ru_utime + before.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + SECONDS, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def tell_all() -> None:
    """The first that is said of each hostile file, a line each."""
    for name, make in TEXTS.items():
        text = make()
        within_limits()
        told = refused(text)[:1]
        sys.stdout.buffer.write("\t".join((name, *told, "\n")).encode())
        sys.stdout.flush()


def ran(program: str) -> str:
    """What a process of its own says."""
    found = subprocess.run(
        [sys.executable, "-c", program],
        cwd=shipped.ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert found.returncode == 0, found.stdout[-200:] + found.stderr[-2000:]
    return found.stdout


def test_every_hostile_file_is_refused_in_a_sentence_for_little_work() -> None:
    told = [line.rstrip("\t").split("\t", 1) for line in ran(PROGRAM).splitlines()]

    assert [name for name, *_ in told] == list(TEXTS)
    for _name, first in told:
        assert first.startswith(("Regelfilen", "rules.yaml"))
        assert len(first) < 700


@pytest.mark.parametrize("name", READ)
def test_what_only_looks_strange_is_read(name: str) -> None:
    assert refused(READ[name]()) == []


def test_the_same_file_in_other_signs_is_the_same_version() -> None:
    versions = {
        parse(READ[name]()).version
        for name in (
            "lines that end as in Windows",
            "a mark of the byte order",
            "letters taken apart",
        )
    }

    assert versions == {parse(SHIPPED).version}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (SHIPPED.encode("utf-16"), "UTF-8"),
        (SHIPPED.encode("latin-1", "replace"), "UTF-8"),
        (b"x" * (4 * MOST_SIGNS + 1), "för stor"),
        (b"\x00" * 1000, "YAML"),
        (b"\xed\xa0\x80", "UTF-8"),
    ],
)
def test_a_file_of_other_bytes_is_refused_with_what_to_do(
    tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes(content)

    with pytest.raises(Unreadable, match=says):
        load(path)


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    for path in (tmp_path, pipe, Path("/dev/zero"), tmp_path / "finns-inte", Path("a\0b")):
        with pytest.raises(Unreadable, match=r"^Regelfilen"):
            load(path)


def test_what_is_too_hard_to_prove_is_told_as_that_for_little_work() -> None:
    assert 'regeln "extra", fältet "when": villkoret har för många alternativ' in ran(PROVING)
