"""Fixtures: the pages over an office in memory."""

import pytest

from tests.hub.web import Web


@pytest.fixture
def web() -> Web:
    """A hub with accounts for everyone, and no case."""
    return Web()
