"""Ed25519: the hub's own key for what it signs, read from a file or derived from its secret."""

from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

_PURPOSE = b"mash-hubben: dagsintyg, Ed25519, 1"
_SIZE = 32


class UnusableKey(Exception):
    """Nyckeln går inte att läsa; den ska vara en privat Ed25519-nyckel i PEM, utan lösenord."""


@dataclass(frozen=True, slots=True)
class Ed25519Seal:
    """Signs with one private key, which is never shown."""

    _private: Ed25519PrivateKey

    def __repr__(self) -> str:
        return f"Ed25519Seal({self.key})"

    @property
    def key(self) -> str:
        return self._private.public_key().public_bytes_raw().hex()

    @property
    def pem(self) -> str:
        """The public half, as other programs read it."""
        public = self._private.public_key()
        return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def sign(self, text: str) -> str:
        return self._private.sign(text.encode()).hex()

    def holds(self, text: str, signature: str, *, key: str) -> bool:
        return holds(text, signature, key=key)


def holds(text: str, signature: str, *, key: str) -> bool:
    """Whether whoever has the private half of `key` signed these very characters."""
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(signature), text.encode())
    except (ValueError, InvalidSignature):
        return False
    return True


def derived(secret: str) -> Ed25519Seal:
    """A key of its own for this purpose; the secret cannot be found from it."""
    seed = HKDF(algorithm=SHA256(), length=_SIZE, salt=None, info=_PURPOSE).derive(secret.encode())
    return Ed25519Seal(Ed25519PrivateKey.from_private_bytes(seed))


def read(path: Path) -> Ed25519Seal:
    """The key in a file; UnusableKey when there is none that can be used."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise UnusableKey from fault
    if not isinstance(key, Ed25519PrivateKey):
        raise UnusableKey
    return Ed25519Seal(key)


def kept(path: Path) -> Ed25519Seal:
    """The key in a file that only this account may read; made the first time."""
    if not path.exists():
        pem = Ed25519PrivateKey.generate().private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(pem)
    return read(path)
