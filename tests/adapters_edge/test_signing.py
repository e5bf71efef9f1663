"""Ed25519: what one key has signed holds by its public half and by no other."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_public_key,
)
from hypothesis import given
from hypothesis import strategies as st

from adapters.signing import Ed25519Seal, UnusableKey, derived, kept, read

SECRET = "ett långt och slumpat prov av en hemlighet"
SEAL = derived(SECRET)
# RFC 8032, 7.1, test 2.
SEED = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
PUBLIC = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
SIGNED = (
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)


def test_the_signature_is_that_of_the_standard() -> None:
    seal = Ed25519Seal(ed25519.Ed25519PrivateKey.from_private_bytes(bytes.fromhex(SEED)))

    assert seal.key == PUBLIC
    assert seal.sign("r") == SIGNED
    assert SEAL.holds("r", SIGNED, key=PUBLIC)


@given(st.text())
def test_what_was_signed_holds_and_nothing_else(text: str) -> None:
    signature = SEAL.sign(text)

    assert SEAL.holds(text, signature, key=SEAL.key)
    assert not SEAL.holds(f"{text} ", signature, key=SEAL.key)
    assert not SEAL.holds(text, signature, key=derived(f"{SECRET}!").key)


@pytest.mark.parametrize("signature", ["", "zz", "00", "0" * 128])
@pytest.mark.parametrize("key", ["", "zz", "00", SEAL.key])
def test_what_is_no_signature_or_no_key_does_not_hold(signature: str, key: str) -> None:
    assert not SEAL.holds("x", signature, key=key)


def test_the_same_secret_gives_the_same_key_and_does_not_show_it() -> None:
    assert derived(SECRET).key == SEAL.key
    assert repr(SEAL) == f"Ed25519Seal({SEAL.key})"


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "var" / "statement.key"

    first = kept(path)

    assert kept(path).key == first.key
    assert path.stat().st_mode & 0o777 == 0o600


def pem(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey, password: str = "") -> bytes:
    lock = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"ingen nyckel",
        pem(ec.generate_private_key(ec.SECP256R1())),
        pem(ed25519.Ed25519PrivateKey.generate(), "hemligt"),
    ],
    ids=["empty", "text", "another kind", "locked"],
)
def test_a_file_that_holds_no_usable_key_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(content)

    with pytest.raises(UnusableKey):
        read(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableKey):
        read(tmp_path / "none.pem")


def test_anybody_can_try_the_signature_by_the_public_half_as_other_programs_read_it() -> None:
    public = load_pem_public_key(SEAL.pem.encode())

    assert isinstance(public, ed25519.Ed25519PublicKey)
    assert public.public_bytes_raw().hex() == SEAL.key
    public.verify(bytes.fromhex(SEAL.sign("text")), b"text")
