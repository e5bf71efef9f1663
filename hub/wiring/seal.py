"""The key that this hub signs its daily statements with."""

from collections.abc import Collection

from adapters import signing
from adapters.settings import Settings
from adapters.signing import Ed25519Seal, UnusableKey
from hub.starting import CannotStart
from workflows.statement_proof import Trusted

NO_FOLDER = "katalogen går inte att skriva i"
_OWN_FILE = "statement.key"


def seal_of(settings: Settings) -> Ed25519Seal | None:
    """From the file that is named, or from the secret; the embedded database has one of its own.

    None when this process has been given neither: then it makes no statements.
    """
    if settings.statement_key is not None:
        return _read(settings)
    if settings.secret_key is not None:
        return signing.derived(settings.secret_key)
    if settings.database_url is None:
        return _own(settings)
    return None


def trusted_by(settings: Settings, keys: Collection[str] = ()) -> Trusted | None:
    """Whose signatures are the hub's: its own, and those by `keys`; None when no key is known."""
    seal = seal_of(settings)
    known = frozenset({*keys, *([seal.key] if seal else ())})
    return Trusted(known, signing.holds) if known else None


def required_seal(settings: Settings) -> Ed25519Seal:
    """The key, or CannotStart with what is missing."""
    seal = seal_of(settings)
    if seal is None:
        missing = "saknas; utan den eller HUB_SECRET_KEY finns ingen nyckel till dagsintygen"
        raise CannotStart([f"HUB_STATEMENT_KEY: {missing}"])
    return seal


def _own(settings: Settings) -> Ed25519Seal:
    try:
        return signing.kept(settings.var / _OWN_FILE)
    except OSError:
        raise CannotStart([f"HUB_VAR: {NO_FOLDER}"]) from None
    except UnusableKey as fault:
        raise CannotStart([f"{_OWN_FILE}: {(fault.__doc__ or '').strip()}"]) from None


def _read(settings: Settings) -> Ed25519Seal:
    assert settings.statement_key is not None
    try:
        return signing.read(settings.statement_key)
    except UnusableKey as fault:
        raise CannotStart([f"HUB_STATEMENT_KEY: {(fault.__doc__ or '').strip()}"]) from None
