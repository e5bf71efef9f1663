"""What the tests at the edge of the machine share."""

import socket

import pytest


@pytest.fixture(name="unused_port")
def nobody_listens_here() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port
