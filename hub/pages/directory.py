"""Who works here: names for what is shown, and people to choose among."""

from collections.abc import Iterable, Mapping

from rules.people import Role
from workflows.ports import Account, Office


def everyone(office: Office) -> tuple[Account, ...]:
    """Every account, by user name."""
    with office.uow() as work:
        return work.people.everyone()


def names(office: Office) -> Mapping[str, str]:
    """Each person's name by account."""
    return {account.id: account.name for account in everyone(office)}


def holding(office: Office, *roles: Role) -> tuple[Account, ...]:
    """Those who can be given something to do, by name."""
    wanted = frozenset(roles)
    found = (it for it in everyone(office) if it.active and not wanted.isdisjoint(it.roles))
    return tuple(sorted(found, key=lambda account: account.name))


def numbers(office: Office, case_ids: Iterable[str]) -> Mapping[str, str]:
    """Case numbers by id."""
    with office.uow() as work:
        rows = (work.lists.row(case_id) for case_id in sorted(set(case_ids)))
        return {row.case_id: row.number for row in rows if row}
