"""Who is logged in: server-side sessions, of whose token only the hash is kept."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.desk import Desk
from rules.errors import Refusal
from workflows.ports import Account, People, Session

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
_TOUCH = timedelta(minutes=1)
_WINDOW = timedelta(minutes=15)
_MOST_FROM_ONE_PLACE = 6
_MOST_OF_NAME = 30
_MOST_FROM_ADDRESS = 60


class WrongLogin(Refusal):
    """Användarnamnet eller lösenordet stämmer inte."""


class TooManyTries(Refusal):
    """För många försök att logga in. Vänta en kvart och försök igen."""


class NotLoggedIn(Exception):
    """Logga in för att fortsätta."""


class BadToken(Exception):
    """Sidan hade blivit gammal och inget är sparat. Öppna den på nytt och försök igen."""


@dataclass(frozen=True, slots=True)
class Login:
    """A living session and whose it is."""

    session: Session
    account: Account


def spelled(username: str) -> str:
    """The one spelling of a user name: that it is kept in and that the door compares."""
    return username.strip().lower()


def log_in(desk: Desk, *, username: str, password: str, address: str) -> str:
    """The token of a new session; unknown name and wrong password look and last the same."""
    now = desk.office.clock()
    name = spelled(username)
    guessed = desk.tokens.hash(name)
    with desk.office.uow() as work:
        if _is_shut(work.people, guessed, address, since=now - _WINDOW):
            raise TooManyTries
        account = work.people.by_username(name)
    known = account is not None and account.active
    right = desk.passwords.verify(account.password if account and known else None, password)
    if account is None or not right:
        _remember_failure(desk, guessed, address, at=now)
        raise WrongLogin
    return _start(desk, account, now)


def _is_shut(people: People, name: str, address: str, *, since: datetime) -> bool:
    """Shut for the name at the place that fails, later for the name, never for everybody.

    Whoever guesses from one place shuts nobody out elsewhere; and from a place that has guessed
    at many, each name still gets its first try.
    """
    of_name = people.login_failures(name, "", since)
    from_address = people.login_failures("", address, since)
    of_both = of_name + from_address - people.login_failures(name, address, since)
    most = 1 if from_address >= _MOST_FROM_ADDRESS else _MOST_FROM_ONE_PLACE
    return of_name >= _MOST_OF_NAME or of_both >= most


def _remember_failure(desk: Desk, guessed: str, address: str, *, at: datetime) -> None:
    """By the hash of the name: what is typed in haste in its field may be a password."""
    with desk.office.uow() as work:
        work.people.login_failed(guessed, address, at)
        work.commit()


def _start(desk: Desk, account: Account, now: datetime) -> str:
    token = desk.tokens.new()
    session = Session(
        token_hash=desk.tokens.hash(token),
        account_id=account.id,
        csrf=desk.tokens.new(),
        started_at=now,
        seen_at=now,
    )
    with desk.office.uow() as work:
        work.people.start_session(session)
        work.commit()
    return token


def find_login(desk: Desk, token: str | None) -> Login | None:
    """The login behind a cookie, if it is alive; looking keeps it alive."""
    if not token:
        return None
    now, hashed = desk.office.clock(), desk.tokens.hash(token)
    with desk.office.uow() as work:
        session = work.people.session(hashed)
        account = work.people.by_id(session.account_id) if session else None
        if session is None or account is None or not _is_alive(session, account, now):
            return None
        if now - session.seen_at >= _TOUCH:
            work.people.touch_session(hashed, now)
            work.commit()
    return Login(session, account)


def _is_alive(session: Session, account: Account, now: datetime) -> bool:
    return (
        account.active
        and session.kind == "webb"
        and now - session.seen_at < IDLE
        and now - session.started_at < LONGEST
    )


def log_out(desk: Desk, session: Session) -> None:
    """End the session; its cookie is worth nothing afterwards."""
    with desk.office.uow() as work:
        work.people.end_session(session.token_hash)
        work.commit()


def same_secret(one: str, other: str) -> bool:
    """Compare without telling by time how much was right."""
    return bool(one) and hmac.compare_digest(one.encode(), other.encode())
