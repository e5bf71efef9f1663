"""Which answer of HTTP each kind of refusal is."""

from collections.abc import Mapping

from rules.errors import ChangedMeanwhile, GateClosed, Invalid, NotAllowed, Refusal

_STATUS: Mapping[type[Refusal], int] = {
    ChangedMeanwhile: 409,
    GateClosed: 409,
    Invalid: 422,
    NotAllowed: 403,
}


def status_of(refusal: Refusal) -> int:
    """422 for what was typed, 403 for who typed it, 409 for the rest."""
    return next((code for kind, code in _STATUS.items() if isinstance(refusal, kind)), 409)
