"""Accounts, sessions and the access log in memory."""

from dataclasses import replace
from datetime import datetime

from adapters.memory_tables import Staged
from rules.errors import Invalid
from rules.people import Role
from workflows.ports import Access, Account, Session

NAME_IS_TAKEN = "Användarnamnet är upptaget. Välj ett annat."


class MemoryPeople:
    """Accounts by id, sessions by the hash of their token."""

    def __init__(self, staged: Staged) -> None:
        self._staged = staged

    def add(self, account: Account) -> None:
        self._staged.lock("username", account.username)
        if self.by_username(account.username) or self.by_id(account.id):
            raise Invalid({"username": NAME_IS_TAKEN})
        self._staged.own.accounts[account.id] = account

    def shut(self, account_id: str) -> None:
        account = self.by_id(account_id)
        if account is not None:
            self._staged.own.accounts[account_id] = replace(account, active=False)

    def by_id(self, account_id: str) -> Account | None:
        with self._staged.store.lock:
            return self._staged.view().accounts.get(account_id)

    def by_username(self, username: str) -> Account | None:
        return next((it for it in self.everyone() if it.username == username), None)

    def everyone(self) -> tuple[Account, ...]:
        with self._staged.store.lock:
            every = list(self._staged.view().accounts.values())
        return tuple(sorted(every, key=lambda account: account.username))

    def holding(self, role: Role, unit: str | None) -> tuple[Account, ...]:
        return tuple(
            account
            for account in self.everyone()
            if account.active and role in account.roles and unit in (None, account.unit)
        )

    def start_session(self, session: Session) -> None:
        self._staged.own.sessions[session.token_hash] = session

    def session(self, token_hash: str) -> Session | None:
        with self._staged.store.lock:
            return self._staged.view().sessions.get(token_hash)

    def touch_session(self, token_hash: str, at: datetime) -> None:
        session = self.session(token_hash)
        if session is not None:
            self._staged.own.sessions[token_hash] = replace(session, seen_at=at)

    def end_session(self, token_hash: str) -> None:
        self._staged.own.sessions[token_hash] = None

    def login_failed(self, username: str, address: str, at: datetime) -> None:
        number = next(self._staged.store.serial)
        self._staged.own.login_failures[number] = (username, address, at)

    def login_failures(self, username: str, address: str, since: datetime) -> int:
        """Failures of the name or from the address: neither many names nor many places help."""
        with self._staged.store.lock:
            every = list(self._staged.view().login_failures.values())
        return sum(
            at >= since and (name == username or place == address) for name, place, at in every
        )


class MemoryAccessLog:
    """Every line in the order it was written."""

    def __init__(self, staged: Staged) -> None:
        self._staged = staged

    def record(self, *lines: Access) -> None:
        for line in lines:
            self._staged.own.access[next(self._staged.store.serial)] = line

    def of_case(self, case_id: str) -> tuple[Access, ...]:
        return tuple(access for access in self._all() if case_id in access.case_ids)

    def recent(self, limit: int) -> tuple[Access, ...]:
        return self._all()[:limit]

    def _all(self) -> tuple[Access, ...]:
        with self._staged.store.lock:
            view = self._staged.view().access
            return tuple(view[number] for number in sorted(view, reverse=True))
