"""Passwords as argon2 hashes, and opaque tokens of which only the hash is kept."""

import secrets
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Passwords:
    """Hashes and checks passwords; an unknown user costs as much time as a known one."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        """What is stored."""
        return self._hasher.hash(password)

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether the password is right; without a stored hash, no after the same work."""
        try:
            self._hasher.verify(stored or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None

    def needs_rehash(self, stored: str) -> bool:
        """Whether the hash was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(stored)


def cheap_passwords() -> Passwords:
    """For tests and demos only, where many accounts are made at once."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def new_token() -> str:
    """A secret that cannot be guessed: 256 bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is stored of a token; a token has enough entropy to need no salt."""
    return sha256(token.encode()).hexdigest()
