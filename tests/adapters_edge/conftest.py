"""What the tests at the edge of the machine share."""

import pytest

from scripts.running import free_port


@pytest.fixture(name="unused_port")
def nobody_listens_here() -> int:
    return free_port()
