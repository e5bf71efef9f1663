"""Fixtures for the pages: the API that the examples are run against."""

import pytest

from tests.api.service import Service


@pytest.fixture
def service() -> Service:
    """A hub with accounts and tokens for everyone, and no case."""
    return Service()
