"""STARTTLS and smtps for real: only a server that proves who it is gets anything."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.adapters_edge.authority import Authority, authority
from tests.adapters_edge.mailbox import Mailbox, message, post_at, send, serving
from tests.smtp import SmtpServer
from workflows.delivery_ports import PostFailed

SCHEMES = ("smtp+starttls", "smtps")


@pytest.fixture(name="trusted")
def an_authority_that_this_machine_trusts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Authority:
    made = authority(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(made.root))
    return made


class Encrypting(SmtpServer):
    """Looks at whether it is up without asking who it is."""

    def _trigger_server(self) -> None:
        anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
        address = (self.hostname, self.port)
        with socket.create_connection(address) as plain, anybody.wrap_socket(plain) as line:
            line.recv(1000)


@contextmanager
def encrypted(mailbox: Mailbox, port: int, scheme: str, made: Authority) -> Iterator[None]:
    if scheme == "smtp+starttls":
        with serving(mailbox, port, tls_context=made.server, require_starttls=True):
            yield
        return
    server = Encrypting(mailbox, hostname="127.0.0.1", port=port, ssl_context=made.server)
    server.start()
    try:
        yield
    finally:
        server.stop()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_server_that_proves_who_it_is_gets_the_message_encrypted(
    scheme: str, unused_port: int, trusted: Authority
) -> None:
    mailbox = Mailbox()
    with encrypted(mailbox, unused_port, scheme, trusted):
        send(post_at(unused_port, scheme), message())

    assert mailbox.encrypted == [True]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_server_that_nobody_vouches_for_gets_nothing(
    scheme: str, unused_port: int, trusted: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    mailbox = Mailbox()
    with (
        encrypted(mailbox, unused_port, scheme, trusted),
        pytest.raises(PostFailed, match="SSLCertVerificationError") as failed,
    ):
        send(post_at(unused_port, scheme), message())

    assert failed.value.line_lost
    assert mailbox.received == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_server_with_the_certificate_of_another_gets_nothing(
    scheme: str, unused_port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = authority(tmp_path, "annan.kommun.se")
    monkeypatch.setenv("SSL_CERT_FILE", str(made.root))
    mailbox = Mailbox()
    with (
        encrypted(mailbox, unused_port, scheme, made),
        pytest.raises(PostFailed, match="SSLCertVerificationError"),
    ):
        send(post_at(unused_port, scheme), message())

    assert mailbox.received == []


def test_a_server_that_cannot_encrypt_gets_nothing_when_encryption_is_asked_for(
    unused_port: int,
) -> None:
    mailbox = Mailbox()
    with (
        serving(mailbox, unused_port),
        pytest.raises(PostFailed, match="SMTPNotSupportedError"),
    ):
        send(post_at(unused_port, "smtp+starttls"), message())

    assert mailbox.received == []
