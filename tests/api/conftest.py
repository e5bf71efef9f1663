"""Fixtures: the API over an office in memory."""

import pytest

from tests.api.service import Service


@pytest.fixture
def service() -> Service:
    """A hub with accounts and tokens for everyone, and no case."""
    return Service()
