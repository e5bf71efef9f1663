"""The fields that a log line may have, and the form that each must have."""

import re
from collections.abc import Mapping
from datetime import datetime

Plain = str | int | float | bool | list[str]

EVENT = re.compile(r"[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)+")
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}"
_ID = re.compile(_UUID)
_CASE = re.compile(rf"{_UUID}|MH-20\d\d-\d{{5,7}}")
_SLUG = re.compile(r"[a-zåäö][a-zåäö0-9]*([_.:#-][a-zåäö0-9]+)*")
_VERSION = re.compile(r"[0-9A-Za-z._]{1,20}-[0-9a-f]{12}")
_SCHEMA = re.compile(r"\d{4}|")
_METHOD = re.compile(r"GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS")
_ROUTE = re.compile(r"/|(/([a-z][a-z0-9_.-]*|\{[a-z_]+(:[a-z]+)?\}))+")
_PLACE = re.compile(r"[A-Za-z0-9_]+\.py:\d+")
_SETTING = re.compile(r"HUB_[A-Z_]{1,30}")
_PERSONAL_NUMBER = re.compile(r"\d{6}(\d{2})?[-+]?\d{4}")
_LONGEST_SLUG = 60

FIELDS: Mapping[str, type | tuple[type, ...] | re.Pattern[str]] = {
    "account": _ID,
    "action": _SLUG,
    "agree": bool,
    "at": datetime,
    "case": _CASE,
    "clock": _SLUG,
    "command": _SLUG,
    "correlation": _ID,
    "count": int,
    "deliveries": int,
    "differing": int,
    "due_at": datetime,
    "failed": int,
    "gate": _SLUG,
    "granted": bool,
    "job": _SLUG,
    "known": _SCHEMA,
    "lateness": (int, float),
    "library": _SLUG,
    "method": _METHOD,
    "oldest": _SCHEMA,
    "place": _PLACE,
    "port": int,
    "proposed": _SLUG,
    "reason": _SLUG,
    "role": _SLUG,
    "route": _ROUTE,
    "rule": _SLUG,
    "rules": _SLUG,
    "rules_version": _VERSION,
    "schema": _SCHEMA,
    "seconds": (int, float),
    "sent": int,
    "setting": _SETTING,
    "since": datetime,
    "status": int,
    "step": _SLUG,
    "tries": int,
    "unit": _SLUG,
    "worker": _ID,
}


def permitted(name: str, value: object) -> Plain | None:
    """The value as it may be written; None when the field or its form is not permitted."""
    form = FIELDS.get(name)
    if form is None:
        return None
    if isinstance(form, re.Pattern):
        return _text(form, value)
    if not isinstance(value, form) or (isinstance(value, bool) and form is not bool):
        return None
    return _other(value)


def _other(value: object) -> Plain | None:
    match value:
        case bool():
            return value
        case datetime():
            return value.isoformat()
        case float():
            return round(value, 6)
        case int() if not _looks_personal(str(value)):
            return value
    return None


def _text(form: re.Pattern[str], value: object) -> Plain | None:
    if isinstance(value, list | tuple | set | frozenset):
        texts = [_text(form, item) for item in value]
        return None if None in texts else [str(text) for text in texts]
    if not isinstance(value, str) or not form.fullmatch(value):
        return None
    if form in (_ID, _CASE):
        return value
    return None if len(value) > _LONGEST_SLUG or _looks_personal(value) else value


def _looks_personal(text: str) -> bool:
    return _PERSONAL_NUMBER.search(text) is not None
