"""Who may stand in for a unit's representative: for a while, or in one case."""

from rules.errors import Invalid
from rules.people import Role
from rules.policy import Policy
from workflows.ports import Account

_NOBODY = "Välj en person som arbetar som enhetsrepresentant."
_ELSEWHERE = "Ersättaren måste arbeta i en av nämndens egna enheter (OSL 8:1)."


def require_stand_in(account: Account | None, policy: Policy) -> None:
    """Invalid unless `account` may stand in, in one sentence."""
    fault = _fault(account, policy)
    if fault:
        raise Invalid({"deputy": fault})


def may_stand_in(account: Account | None, policy: Policy) -> bool:
    """Whether somebody works as a representative or a chef in a unit of the own board."""
    return not _fault(account, policy)


def _fault(account: Account | None, policy: Policy) -> str:
    if account is None or not account.active:
        return _NOBODY
    if account.roles.isdisjoint({Role.UNIT, Role.UNIT_MANAGER}):
        return _NOBODY
    unit = policy.units.get(account.unit or "")
    return "" if unit and unit.same_board else _ELSEWHERE
