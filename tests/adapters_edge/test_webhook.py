"""Web hooks to a real server on this machine: good, refusing, slow, breaking off, taking twice."""

import base64
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import Message as Headers
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from adapters.webhook import WebHook
from tests.adapters_edge.mailbox import message
from workflows.delivery_ports import PostFailed

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEYS = (bytes(range(24)), bytes(range(32)))
SECRETS = tuple("whsec_" + base64.b64encode(key).decode() for key in KEYS)
PASSED = message(subject="Åsas ärende", kind="deadline_passed", clock="Hantering")
TOLD = replace(PASSED, number="MH-1")


@dataclass
class Receiver:
    """Another program. `answers` are given in turn, 204 when there are none left.

    `drips` sends its answer a letter at a time and never comes to its end; `breaks_off` takes the
    call and closes without an answer.
    """

    answers: list[int] = field(default_factory=list)
    drips: bool = False
    breaks_off: bool = False
    calls: list[tuple[Headers, bytes]] = field(default_factory=list)
    left: Event = field(default_factory=Event)
    url: str = ""

    @property
    def ids(self) -> list[str | None]:
        return [headers["webhook-id"] for headers, _ in self.calls]

    def answer(self, call: BaseHTTPRequestHandler) -> None:
        self.calls.append((call.headers, call.rfile.read(int(call.headers["content-length"]))))
        if self.breaks_off:
            return
        if self.drips:
            self._drip(call)
            return
        call.send_response(self.answers.pop(0) if self.answers else 204)
        call.send_header("location", f"{self.url}/annanstans")
        call.send_header("content-length", "0")
        call.end_headers()

    def _drip(self, call: BaseHTTPRequestHandler) -> None:
        try:
            while not self.left.wait(0.05):
                call.wfile.write(b"H")
                call.wfile.flush()
        except OSError:
            self.left.set()


@contextmanager
def serving(receiver: Receiver) -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.close_connection = True
            receiver.answer(self)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.left.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(name="receiver")
def another_program() -> Iterator[Receiver]:
    with serving(Receiver()) as receiver:
        yield receiver


def hook(
    receiver: Receiver, *, secrets: tuple[str, ...] = SECRETS[:1], longest: float = 5
) -> WebHook:
    url = f"{receiver.url}/hubben?nyckel=hemlig"
    return WebHook(url, secrets=secrets, clock=lambda: NOW, longest=longest)


def send(post: WebHook, told: object = TOLD) -> None:
    with post.line() as line:
        line.send(told)  # type: ignore[arg-type]


def failure(post: WebHook) -> PostFailed:
    with pytest.raises(PostFailed) as failed:
        send(post)
    return failed.value


def test_another_program_is_told_what_happened_and_nothing_of_anybody(receiver: Receiver) -> None:
    due = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    told = replace(TOLD, notice=replace(TOLD.notice, due_at=due))
    send(hook(receiver), told)

    ((headers, body),) = receiver.calls
    assert headers["content-type"] == "application/json"
    assert json.loads(body) == {
        "type": "deadline_passed",
        "timestamp": "2026-03-02T08:30:00+00:00",
        "data": {
            "case": "MH-1",
            "clock": "Hantering",
            "due_at": "2026-03-02T12:00:00+00:00",
            "key": headers["webhook-id"],
        },
    }


def test_the_receiver_can_prove_who_called_and_when_with_each_of_the_secrets(
    receiver: Receiver,
) -> None:
    send(hook(receiver, secrets=SECRETS))

    ((headers, body),) = receiver.calls
    signed = f"{headers['webhook-id']}.{int(NOW.timestamp())}.".encode() + body
    proofs = [base64.b64encode(hmac.digest(key, signed, "sha256")).decode() for key in KEYS]
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert headers["webhook-signature"] == " ".join(f"v1,{proof}" for proof in proofs)


def test_a_receiver_that_takes_it_twice_sees_the_same_id_and_the_same_body(
    receiver: Receiver,
) -> None:
    post = hook(receiver)
    send(post)
    send(post)
    send(post, message("a:2"))

    first, again, other = receiver.ids
    assert first == again != other
    assert receiver.calls[0][1] == receiver.calls[1][1]


@pytest.mark.parametrize("status", [301, 307, 400, 404, 410, 500, 503])
def test_any_other_answer_than_a_yes_is_a_failure_to_be_tried_again(
    receiver: Receiver, status: int
) -> None:
    receiver.answers.append(status)
    failed = failure(hook(receiver))

    assert (failed.reason, failed.lasting) == (f"HTTP {status}", False)
    assert len(receiver.calls) == 1  # a redirect is not followed
    send(hook(receiver))
    assert len(set(receiver.ids)) == 1


def test_a_receiver_that_breaks_off_is_a_failure(receiver: Receiver) -> None:
    receiver.breaks_off = True

    assert failure(hook(receiver)).reason == "RemoteProtocolError"


def test_a_receiver_that_answers_without_end_is_left(receiver: Receiver) -> None:
    receiver.drips = True

    assert failure(hook(receiver, longest=0.3)).reason == "TimeoutError"
    assert receiver.left.wait(5)


def test_a_receiver_that_is_not_there_is_a_failure(unused_port: int) -> None:
    gone = Receiver(url=f"http://127.0.0.1:{unused_port}")

    assert failure(hook(gone)).reason == "ConnectError"


def test_neither_the_address_nor_the_answer_is_told_to_anybody(receiver: Receiver) -> None:
    receiver.answers.append(500)
    post = hook(receiver)

    assert failure(post).args == ("HTTP 500",)
    assert "hemlig" not in repr(post)
