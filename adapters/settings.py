"""Settings from the environment: read once, frozen, and every fault told by name at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from adapters.hook_signature import LONGEST_KEY, PREFIX, SHORTEST_KEY, signing_key

NAMES = (
    "HUB_BASE_URL",
    "HUB_DATABASE_URL",
    "HUB_MAIL_FROM",
    "HUB_PORT",
    "HUB_RULES",
    "HUB_SECRET_KEY",
    "HUB_SMTP_URL",
    "HUB_STATEMENT_KEY",
    "HUB_VAR",
    "HUB_WEBHOOK_SECRET",
    "HUB_WEBHOOK_URL",
)
SMTP_SCHEMES = ("smtp", "smtp+starttls", "smtps")
SHORTEST_SECRET = 32
_DEFAULT_PORT = 8000
_HOOK = frozenset({"HUB_WEBHOOK_SECRET", "HUB_WEBHOOK_URL"})
_TOGETHER = "saknas; adressen och hemligheten sätts tillsammans"
_LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})


class SettingsFault(Exception):
    """Something in the environment is missing or wrong; `faults` by the name of the variable."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__("\n".join(f"{name}: {why}" for name, why in self.faults.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the surroundings decide; what the board decides is in rules.yaml."""

    base_url: str
    database_url: str | None = field(repr=False)
    mail_from: str
    port: int
    rules: Path | None
    secret_key: str | None = field(repr=False)
    smtp_url: str | None = field(repr=False)
    statement_key: Path | None
    var: Path
    webhook_url: str | None = field(repr=False, default=None)
    webhook_secrets: tuple[str, ...] = field(repr=False, default=())


def read_settings(environment: Mapping[str, str], *, needs: Iterable[str] = ()) -> Settings:
    """The settings, or every fault at once; `needs` are the variables that must be set."""
    given = {name: value.strip() for name, value in environment.items() if name[:4] == "HUB_"}
    given = {name: value for name, value in given.items() if value}
    faults = {name: _MISSING[name] for name in needs if name not in given}
    for name, value in given.items():
        fault = _CHECKS[name](value) if name in _CHECKS else _unknown(name)
        if fault is not None:
            faults[name] = fault
    faults |= {name: _TOGETHER for name in _HOOK - set(given) if _HOOK & set(given)}
    if faults:
        raise SettingsFault(dict(sorted(faults.items())))
    return _settings(given)


def _settings(given: Mapping[str, str]) -> Settings:
    port = int(given.get("HUB_PORT", _DEFAULT_PORT))
    base_url = given.get("HUB_BASE_URL", f"http://127.0.0.1:{port}").rstrip("/")
    return Settings(
        base_url=base_url,
        database_url=given.get("HUB_DATABASE_URL"),
        mail_from=given.get("HUB_MAIL_FROM", f"hubben@{urlsplit(base_url).hostname}"),
        port=port,
        rules=Path(given["HUB_RULES"]) if "HUB_RULES" in given else None,
        secret_key=given.get("HUB_SECRET_KEY"),
        smtp_url=given.get("HUB_SMTP_URL"),
        statement_key=Path(given["HUB_STATEMENT_KEY"]) if "HUB_STATEMENT_KEY" in given else None,
        var=Path(given.get("HUB_VAR", "var")),
        webhook_url=given.get("HUB_WEBHOOK_URL"),
        webhook_secrets=tuple(given.get("HUB_WEBHOOK_SECRET", "").split()),
    )


def _unknown(name: str) -> str:
    """A misspelled name must not pass in silence: the default would be taken instead."""
    if name.startswith("HUB_OIDC_"):
        return "inloggning med OIDC finns inte i den här versionen; ta bort variabeln"
    near = get_close_matches(name, NAMES, n=1)
    return "variabeln finns inte" + (f"; menas {near[0]}?" if near else "")


def _parts(value: str) -> SplitResult | None:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _base_url_fault(value: str) -> str | None:
    parts = _parts(value)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return "ska vara hubbens adress, till exempel https://hubben.kommun.se"
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        return "ska bara ha protokoll, värd och port, ingen sökväg och inga inloggningsuppgifter"
    if parts.scheme == "http" and parts.hostname not in _LOCAL:
        return "ska börja med https:// när hubben nås från andra datorer"
    return None


def _database_fault(value: str) -> str | None:
    parts = _parts(value)
    if parts is None or parts.scheme not in ("postgres", "postgresql", "postgresql+psycopg"):
        return "ska börja med postgresql:// (PostgreSQL 15 eller senare)"
    return None if parts.path.strip("/") else "databasens namn saknas sist i adressen"


def _smtp_fault(value: str) -> str | None:
    parts = _parts(value)
    if parts is None or parts.scheme not in SMTP_SCHEMES or not parts.hostname:
        return "ska vara smtp://, smtp+starttls:// eller smtps:// följt av e-postserverns namn"
    if parts.password and parts.scheme == "smtp" and parts.hostname not in _LOCAL:
        return "lösenordet skulle gå okrypterat; använd smtp+starttls:// eller smtps://"
    return None


def _port_fault(value: str) -> str | None:
    valid = value.isdecimal() and 1 <= int(value) <= 65535
    return None if valid else "ska vara ett portnummer från 1 till 65535"


def _secret_fault(value: str) -> str | None:
    if len(value) < SHORTEST_SECRET:
        return f"är för kort; minst {SHORTEST_SECRET} slumpade tecken behövs"
    return "är inte slumpad; gör en ny" if len(set(value)) < 10 else None


def _sender_fault(value: str) -> str | None:
    name, at, host = value.partition("@")
    sound = name and at and host and not any(sign.isspace() or sign in "<>," for sign in value)
    return None if sound else "ska vara en e-postadress, till exempel hubben@kommun.se"


def _hook_url_fault(value: str) -> str | None:
    parts = _parts(value)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return "ska vara adressen som tar emot, till exempel https://larm.kommun.se/hubben"
    if parts.username or parts.fragment:
        return "ska inte ha inloggningsuppgifter; den som tar emot känner hubben på signaturen"
    if parts.scheme == "http" and parts.hostname not in _LOCAL:
        return "ska börja med https://"
    return None


def _hook_secret_fault(value: str) -> str | None:
    """One secret, or two while the receiver changes from one to the other."""
    for secret in value.split():
        try:
            signing_key(secret)
        except ValueError:
            return (
                f"ska vara {PREFIX} och sedan {SHORTEST_KEY} till {LONGEST_KEY} slumpade byte"
                " i base64"
            )
    return None


def _anything(_value: str) -> str | None:
    return None


_CHECKS: Mapping[str, Callable[[str], str | None]] = {
    "HUB_BASE_URL": _base_url_fault,
    "HUB_DATABASE_URL": _database_fault,
    "HUB_MAIL_FROM": _sender_fault,
    "HUB_PORT": _port_fault,
    "HUB_RULES": _anything,
    "HUB_SECRET_KEY": _secret_fault,
    "HUB_SMTP_URL": _smtp_fault,
    "HUB_STATEMENT_KEY": _anything,
    "HUB_VAR": _anything,
    "HUB_WEBHOOK_SECRET": _hook_secret_fault,
    "HUB_WEBHOOK_URL": _hook_url_fault,
}
_MISSING: Mapping[str, str] = {
    "HUB_BASE_URL": "saknas; hubbens adress, till exempel https://hubben.kommun.se",
    "HUB_DATABASE_URL": "saknas; databasens adress, postgresql://…",
    "HUB_MAIL_FROM": "saknas; avsändarens e-postadress",
    "HUB_PORT": "saknas; ett portnummer",
    "HUB_RULES": "saknas; sökvägen till rules.yaml",
    "HUB_SECRET_KEY": f"saknas; minst {SHORTEST_SECRET} slumpade tecken",
    "HUB_STATEMENT_KEY": "saknas; filen med nyckeln till dagsintygen",
    "HUB_SMTP_URL": "saknas; e-postservern, till exempel smtp+starttls://post.kommun.se:587",
    "HUB_VAR": "saknas; katalogen för den inbyggda databasen",
    "HUB_WEBHOOK_SECRET": _TOGETHER,
    "HUB_WEBHOOK_URL": _TOGETHER,
}
