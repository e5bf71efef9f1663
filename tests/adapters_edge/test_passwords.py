"""Passwords and tokens: what is stored tells nothing, and nobody is like somebody."""

import pytest
from argon2 import PasswordHasher

from adapters.passwords import Passwords, cheap_passwords, new_token, token_hash


@pytest.fixture(name="passwords")
def cheap() -> Passwords:
    return cheap_passwords()


def test_the_right_password_is_let_in_and_no_other(passwords: Passwords) -> None:
    stored = passwords.hash("vinter åska stubbe")

    assert passwords.verify(stored, "vinter åska stubbe")
    assert not passwords.verify(stored, "vinter åska stubb")


def test_the_password_cannot_be_read_from_what_is_stored(passwords: Passwords) -> None:
    assert "stubbe" not in passwords.hash("stubbe stubbe")
    assert passwords.hash("stubbe stubbe") != passwords.hash("stubbe stubbe")


def test_an_unknown_user_costs_a_real_verification_and_is_never_let_in(
    passwords: Passwords,
) -> None:
    assert not passwords.verify(None, "vad som helst")


def test_a_broken_hash_lets_nobody_in(passwords: Passwords) -> None:
    assert not passwords.verify("inte en hash", "vad som helst")


def test_a_weaker_hash_is_to_be_made_anew(passwords: Passwords) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("gammalt")

    assert Passwords().needs_rehash(weak)
    assert not passwords.needs_rehash(weak)


def test_tokens_differ_and_only_their_hash_is_kept() -> None:
    first, second = new_token(), new_token()

    assert first != second
    assert len(first) >= 43
    assert token_hash(first) == token_hash(first)
    assert first not in token_hash(first)
