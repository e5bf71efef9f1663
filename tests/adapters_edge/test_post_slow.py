"""A mail server that is silent, and one that never stops talking: both are left in time."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import pytest

from tests.adapters_edge.mailbox import message, post_at, send
from workflows.delivery_ports import PostFailed

GREETED = b"220 post.kommun.se\r\n"


@contextmanager
def listening(greeting: bytes, *, drips: bool) -> Iterator[tuple[int, Event]]:
    """Answers with the greeting and then with nothing, or a letter at a time without end."""
    left = Event()
    door = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            line, _ = door.accept()
            with line:
                line.sendall(greeting)
                while drips and not left.wait(0.02):
                    line.sendall(b"2")
                line.settimeout(5)
                while line.recv(1000):
                    pass
        left.set()

    thread = Thread(target=serve)
    thread.start()
    try:
        yield door.getsockname()[1], left
    finally:
        left.set()
        door.close()
        thread.join()


def test_a_server_that_says_nothing_is_left() -> None:
    with (
        listening(b"", drips=False) as (port, _),
        pytest.raises(PostFailed, match="TimeoutError") as failed,
    ):
        send(post_at(port, timeout=0.2), message())

    assert failed.value.line_lost


def test_a_server_that_falls_silent_after_its_greeting_is_left() -> None:
    with (
        listening(GREETED, drips=False) as (port, _),
        pytest.raises(PostFailed, match="TimeoutError") as failed,
    ):
        send(post_at(port, timeout=0.2), message())

    assert failed.value.line_lost


def test_a_server_that_answers_without_end_is_cut_off_though_it_never_falls_silent() -> None:
    with (
        listening(GREETED, drips=True) as (port, _),
        pytest.raises(PostFailed) as failed,
    ):
        send(post_at(port, timeout=5, longest=0.3), message())

    assert failed.value.line_lost
