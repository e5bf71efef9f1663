"""What was typed in a form: dotted names become a tree, empty rows fall away, faults are named."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from rules.errors import Invalid

MORE = "_more"
DROP = "_drop"
LOOK = "_look"
CSRF = "_csrf"
SEEN = "_seen"
ONCE = "_once"
_ROW = re.compile(r"^(?P<list>.*?)\.(?P<row>[0-9]{1,3})(?=\.|$)")
# A name as the forms have them. Any other, such as row 1000000, would only cost the server.
_PART = r"(?:[a-zåäö_][a-zåäö0-9_-]{0,99}|[0-9]{1,3})"
_NAME = re.compile(rf"[a-zåäö_][a-zåäö0-9_-]{{0,99}}(?:\.{_PART}){{0,6}}", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,9}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Fields(BaseModel):
    """The fields of a form; `description` is the sentence for one that is missing or wrong."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)


Model = TypeVar("Model", bound=Fields)


def asked(sentence: str, default: Any = ...) -> Any:
    """A field with the sentence that a person reads when it is missing or wrong."""
    return Field(default, description=sentence)


class Sent:
    """The typed values by field name, in the order of the page."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        given: dict[str, list[str]] = {}
        for name, value in pairs:
            if not _NAME.fullmatch(name):
                continue
            given.setdefault(name, []).append(value.replace("\0", ""))
        self._control = {name: values[-1] for name, values in given.items() if name[:1] == "_"}
        typed = {name: values for name, values in given.items() if name[:1] != "_"}
        dropped = f"{self._control.get(DROP, '')}."
        kept = {name: it for name, it in typed.items() if not f"{name}.".startswith(dropped)}
        self.values: Mapping[str, tuple[str, ...]] = {
            name: tuple(values) for name, values in _renumbered(kept).items()
        }

    def control(self, name: str) -> str:
        """A hidden field or a button of the page itself; its name begins with an underscore."""
        return self._control.get(name, "")

    @property
    def seen(self) -> int | None:
        """The number of the last event that the page showed; None when it says no number."""
        number = self.control(SEEN)
        return int(number) if _NUMBER.fullmatch(number) else None

    @property
    def once(self) -> str:
        """The token of a form that is to be acted on once; empty when it has none."""
        token = self.control(ONCE)
        return token if _TOKEN.fullmatch(token) else ""

    def reference(self) -> str | None:
        """The same for the same form with the same words, however often it is sent.

        A form that was gone back to and filled in anew is another report.
        """
        if not self.once:
            return None
        words = json.dumps(self.values, sort_keys=True)
        return f"webb:{self.once}:{sha256(words.encode()).hexdigest()[:32]}"

    @property
    def more(self) -> str:
        """The list that one more row was asked for."""
        return self.control(MORE)

    @property
    def only_changes_rows(self) -> bool:
        """The button asked for a row more or less; nothing is to be done yet."""
        return bool(self.more or self.control(DROP))

    def read(self, model: type[Model]) -> Model:
        """The form as `model`; Invalid names every field that is missing or wrong."""
        try:
            return model.model_validate(_tree(self.values, model))
        except ValidationError as error:
            faults = dict(_fault(details, model) for details in error.errors(include_url=False))
            raise Invalid(faults) from error


def _renumbered(typed: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Rows without any text fall away and the others are numbered anew, outermost list first."""
    rows: dict[str, list[int]] = {}
    for name, values in typed.items():
        match = _ROW.match(name)
        if match and any(value.strip() for value in values):
            numbers = rows.setdefault(match["list"], [])
            if int(match["row"]) not in numbers:
                numbers.append(int(match["row"]))
    done: dict[str, list[str]] = {}
    inner: dict[str, dict[str, list[str]]] = {}
    for name, values in typed.items():
        match = _ROW.match(name)
        if not match:
            done[name] = values
        elif int(match["row"]) in rows.get(match["list"], ()):
            row = sorted(rows[match["list"]]).index(int(match["row"])) + 1
            inner.setdefault(f"{match['list']}.{row}", {})[name[match.end() + 1 :]] = values
    for prefix, fields in inner.items():
        for name, values in _renumbered(fields).items():
            done[f"{prefix}.{name}" if name else prefix] = values
    return done


def _tree(values: Mapping[str, tuple[str, ...]], model: type[BaseModel]) -> dict[str, Any]:
    """Nested values; what is blank is left out, so that the model says what is missing."""
    tree: dict[str, Any] = {}
    for name, typed in values.items():
        kept = [value for value in typed if value.strip()]
        if not kept:
            continue
        node, parts = tree, name.split(".")
        for part in parts[:-1]:
            inner = node.setdefault(part, {})
            node = inner if isinstance(inner, dict) else {}
        node[parts[-1]] = kept if _takes_many(model, name) else kept[-1]
    return {name: _lists(value) for name, value in tree.items()}


def _takes_many(model: type[BaseModel], name: str) -> bool:
    """A group of check boxes: the model wants a tuple of plain values under this dotted name."""
    *path, last = (part for part in name.split(".") if not part.isdecimal())
    for part in path:
        inner = _row_model(model, part)
        if inner is None:
            return False
        model = inner
    field = model.model_fields.get(last)
    many = field is not None and get_origin(field.annotation) is tuple
    return many and _row_model(model, last) is None


def _row_model(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    """The model of the rows that a field holds; None for a field of plain values."""
    field = model.model_fields.get(name)
    kinds = get_args(field.annotation) if field else ()
    return next((it for it in kinds if isinstance(it, type) and issubclass(it, BaseModel)), None)


def _lists(value: Any) -> Any:
    """A mapping of row numbers becomes a list."""
    if not isinstance(value, dict):
        return value
    inner = {name: _lists(item) for name, item in value.items()}
    if inner and all(name.isdecimal() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner


def _fault(details: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    place = [part for part in details["loc"] if part != "[key]"]
    name = ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
    if details["type"] == "value_error":
        return name, str(details["ctx"]["error"])
    return name, _sentence(model, place) or "Uppgiften går inte att läsa."


def _sentence(model: type[BaseModel], place: list[str | int]) -> str:
    """The sentence of the innermost field on the way that has one."""
    found, fields = "", model.model_fields
    for part in place:
        field = fields.get(part) if isinstance(part, str) else None
        if field is None:
            continue
        found = field.description or found
        inner = [it for it in _arguments(field.annotation) if _is_model(it)]
        fields = inner[0].model_fields if inner else fields
    return found


def _arguments(annotation: object) -> Iterator[Any]:
    yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _arguments(inner)


def _is_model(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
