"""Accounts, sessions and API tokens on PostgreSQL; of a token only its hash is known."""

from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, func, or_, select, update
from sqlalchemy import insert as insert_plain
from sqlalchemy.dialects.postgresql import insert

from adapters.projections import columns_of
from adapters.tables import accounts, login_failures, sessions
from rules.errors import Invalid
from rules.people import Role
from workflows.ports import Account, Session

NAME_IS_TAKEN = "Användarnamnet är upptaget. Välj ett annat."


class PostgresPeople:
    """Reads and writes on the connection of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, account: Account) -> None:
        row = columns_of(account) | {
            "roles": sorted(role.value for role in account.roles),
            "delegations": sorted(account.delegations),
        }
        added = insert(accounts).values(row).on_conflict_do_nothing().returning(accounts.c.id)
        if self._connection.scalar(added) is None:
            raise Invalid({"username": NAME_IS_TAKEN})

    def shut(self, account_id: str) -> None:
        gone = update(accounts).where(accounts.c.id == account_id).values(active=False)
        self._connection.execute(gone)

    def by_id(self, account_id: str) -> Account | None:
        query = select(accounts).where(accounts.c.id == account_id)
        row = self._connection.execute(query).mappings().one_or_none()
        return _account(row) if row else None

    def by_username(self, username: str) -> Account | None:
        query = select(accounts).where(accounts.c.username == username)
        row = self._connection.execute(query).mappings().one_or_none()
        return _account(row) if row else None

    def everyone(self) -> tuple[Account, ...]:
        query = select(accounts).order_by(accounts.c.username)
        return tuple(_account(row) for row in self._connection.execute(query).mappings())

    def holding(self, role: Role, unit: str | None) -> tuple[Account, ...]:
        query = select(accounts).where(
            accounts.c.active.is_(True), accounts.c.roles.contains([role.value])
        )
        if unit is not None:
            query = query.where(accounts.c.unit == unit)
        ordered = query.order_by(accounts.c.username)
        return tuple(_account(row) for row in self._connection.execute(ordered).mappings())

    def start_session(self, session: Session) -> None:
        self._connection.execute(insert_plain(sessions).values(columns_of(session)))

    def session(self, token_hash: str) -> Session | None:
        query = select(sessions).where(sessions.c.token_hash == token_hash)
        row = self._connection.execute(query).mappings().one_or_none()
        return Session(**row) if row else None

    def touch_session(self, token_hash: str, at: datetime) -> None:
        seen = update(sessions).where(sessions.c.token_hash == token_hash).values(seen_at=at)
        self._connection.execute(seen)

    def end_session(self, token_hash: str) -> None:
        self._connection.execute(delete(sessions).where(sessions.c.token_hash == token_hash))

    def login_failed(self, username: str, address: str, at: datetime) -> None:
        row = {"username": username, "address": address, "at": at}
        self._connection.execute(insert_plain(login_failures).values(row))

    def login_failures(self, username: str, address: str, since: datetime) -> int:
        """Failures of the name or from the address: neither many names nor many places help."""
        query = select(func.count()).where(
            login_failures.c.at >= since,
            or_(login_failures.c.username == username, login_failures.c.address == address),
        )
        return self._connection.scalar(query) or 0


def _account(row: RowMapping) -> Account:
    roles = frozenset(Role(role) for role in row["roles"])
    columns = dict(row) | {"roles": roles, "delegations": frozenset(row["delegations"])}
    return Account(**columns)
