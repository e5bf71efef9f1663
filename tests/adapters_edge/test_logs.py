"""The log: a name, a personal number or free text given to it never comes out."""

import errno
import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from adapters.log_fields import FIELDS, permitted
from adapters.logs import set_up_logs

NAME = "Elliot Vråkberg"
NUMBER = "20160514-9895"
STORY = "Han har blå märken på ryggen."
SECRETS = [NAME, "Elliot", NUMBER, "201605149895", "160514-9895", STORY]


class Disk(io.StringIO):
    """A file on a disk that may be full."""

    full = False

    def write(self, text: str) -> int:
        self._room()
        return super().write(text)

    def flush(self) -> None:
        self._room()

    def _room(self) -> None:
        if self.full:
            raise OSError(errno.ENOSPC, "full")


@pytest.fixture(name="log")
def written_to_memory() -> Iterator[Disk]:
    hook, handlers, level = sys.excepthook, logging.getLogger().handlers[:], logging.root.level
    stream = Disk()
    set_up_logs(stream)
    yield stream
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    sys.excepthook, logging.root.level = hook, level
    logging.getLogger().handlers[:] = handlers


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_line_has_its_event_its_fields_and_its_time(log: io.StringIO) -> None:
    case = "0f8fad5b-d9cb-469f-a165-70867728950e"
    structlog.get_logger().info("case.registered", case=case, rules=["vald-och-radsla"], count=2)

    (line,) = lines(log)
    assert line["event"] == "case.registered"
    assert line["case"] == case
    assert line["rules"] == ["vald-och-radsla"]
    assert line["count"] == 2
    assert line["level"] == "info"
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("field", [*FIELDS, "name", "child", "text"])
def test_no_field_lets_a_name_a_number_or_a_story_out(
    log: io.StringIO, field: str, secret: str
) -> None:
    structlog.get_logger().info("case.registered", **{field: secret})
    structlog.get_logger().info("case.registered", **{field: [secret]})
    structlog.get_logger().info("case.registered", **{field: {"x": secret}})

    assert secret not in log.getvalue()
    assert len(lines(log)) == 3


@pytest.mark.parametrize("secret", SECRETS)
def test_the_event_itself_lets_nothing_out(log: io.StringIO, secret: str) -> None:
    structlog.get_logger().info(secret)
    structlog.get_logger().info("case.registered %s", secret)

    assert secret not in log.getvalue()
    assert [line["event"] for line in lines(log)] == ["log.refused", "log.refused"]


def test_a_field_that_is_not_on_the_list_is_told_without_its_value(log: io.StringIO) -> None:
    structlog.get_logger().info("case.registered", unit=NAME, Elliot="x")

    assert lines(log)[0]["dropped"] == ["?", "unit"]
    assert "Elliot" not in log.getvalue()


def test_a_personal_number_as_a_number_does_not_come_out(log: io.StringIO) -> None:
    structlog.get_logger().info("case.registered", count=201605149895)

    assert "201605149895" not in log.getvalue()


def fail(name: str) -> None:
    local = name
    raise ValueError(f"{local} finns inte")


@pytest.mark.parametrize("secret", SECRETS)
def test_an_exception_comes_out_as_its_class_and_place(log: io.StringIO, secret: str) -> None:
    try:
        try:
            fail(secret)
        except ValueError as error:
            raise KeyError(secret) from error
    except KeyError:
        structlog.get_logger().exception("step.failed")

    (line,) = lines(log)
    assert secret not in log.getvalue()
    assert line["error"][0].startswith("KeyError at adapters_edge/test_logs.py:")
    assert line["error"][1].startswith("ValueError at adapters_edge/test_logs.py:")


def test_what_a_library_logs_comes_out_without_its_text(log: io.StringIO) -> None:
    try:
        fail(NAME)
    except ValueError:
        logging.getLogger("sqlalchemy.engine").exception("parameter %s", NUMBER)

    (line,) = lines(log)
    assert line["event"] == "library.logged"
    assert line["library"] == "sqlalchemy"
    assert line["place"].startswith("test_logs.py:")
    assert line["error"][0].startswith("ValueError at")
    assert NAME not in log.getvalue()
    assert NUMBER not in log.getvalue()


def test_an_uncaught_exception_leaves_no_words_either(log: io.StringIO) -> None:
    try:
        fail(NAME)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)

    assert lines(log)[0]["event"] == "program.failed"
    assert NAME not in log.getvalue()


def test_bound_context_follows_every_line_and_is_scrubbed_too(log: io.StringIO) -> None:
    correlation = "0f8fad5bd9cb469fa16570867728950e"
    with structlog.contextvars.bound_contextvars(correlation=correlation, account=NAME):
        structlog.get_logger().info("case.read")
    structlog.get_logger().info("case.read")

    inside, outside = lines(log)
    assert inside["correlation"] == correlation
    assert "account" not in inside
    assert "correlation" not in outside


def test_on_a_terminal_a_line_is_made_for_reading() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    set_up_logs(stream)
    try:
        structlog.get_logger().info("case.registered", count=2)
    finally:
        structlog.reset_defaults()
        logging.getLogger().handlers[:] = []

    assert "case.registered" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=80))
def test_whatever_is_let_through_has_no_space_and_no_personal_number(field: str, text: str) -> None:
    value = permitted(field, text)

    assert value is None or (isinstance(value, str) and not any(c.isspace() for c in value))


@given(
    st.sampled_from(sorted(set(FIELDS) - {"account", "case", "correlation", "worker"})),
    st.from_regex(r"[a-z]{0,5}(19|20)?\d{6}[-+]?\d{4}[a-z]{0,5}", fullmatch=True),
)
def test_a_personal_number_in_any_dress_is_not_let_through(field: str, text: str) -> None:
    value = permitted(field, text)

    assert value is None or FIELDS[field] is FIELDS["rules_version"]


def test_a_log_on_a_full_disk_stops_nothing_and_goes_on_when_there_is_room(log: Disk) -> None:
    log.full = True
    structlog.get_logger().info("rules.loaded")
    log.full = False
    structlog.get_logger().info("rules.reloaded")

    assert [line["event"] for line in lines(log)] == ["rules.reloaded"]
