"""A form as a template meets it: what to show in each field and what is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hub.pages.sent import Sent


@dataclass(frozen=True, slots=True)
class Form:
    """Typed values and faults by field name; asking for an unknown field gives the default."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""
    law: str = ""
    more: str = ""
    prefilled: bool = False

    def value(self, name: str, default: str = "") -> str:
        """What stands in the field."""
        given = self.values.get(name)
        return given[-1] if given else default

    def has(self, name: str, value: str, default: str = "") -> bool:
        """Whether the radio button or check box of `value` is chosen."""
        given = self.values.get(name)
        return value in given if given is not None else value == default

    def chosen(self, name: str, value: str, *, default: bool = False) -> bool:
        """Whether a check box is ticked; `default` only before anything was sent."""
        if self.sent:
            return value in self.values.get(name, ())
        return default

    def fault(self, name: str) -> str:
        """What is wrong with the field."""
        return self.faults.get(name, "")

    def touches(self, prefix: str, names: Iterable[str]) -> bool:
        """Whether anything is typed or wrong in the fields below `prefix`."""
        return any(
            f"{prefix}.{name}" in self.faults or self.value(f"{prefix}.{name}.value")
            for name in names
        )

    def rows(self, name: str, least: int = 1) -> tuple[int, ...]:
        """The numbers of the rows to show: those typed, and one more when it was asked for."""
        prefix = f"{name}."
        typed = {it[len(prefix) :].split(".")[0] for it in self.values if it.startswith(prefix)}
        count = max((int(number) for number in typed if number.isdecimal()), default=0)
        count = max(count, max((n for n in self._faulty(prefix)), default=0))
        return tuple(range(1, max(least, count) + (self.more == name) + 1))

    def _faulty(self, prefix: str) -> list[int]:
        names = (
            name[len(prefix) :].split(".")[0]
            for name in self.faults
            if name[: len(prefix)] == prefix
        )
        return [int(number) for number in names if number.isdecimal()]

    @property
    def sent(self) -> bool:
        """Whether the page shows what somebody typed."""
        return bool(self.values) and not self.prefilled

    @property
    def wrong(self) -> bool:
        """Whether there is anything to put right."""
        return bool(self.faults or self.refusal)


def blank(values: Mapping[str, tuple[str, ...]] | None = None) -> Form:
    """A form before anybody typed in it, perhaps with something to start from."""
    return Form(values or {}, prefilled=True)


def again(
    sent: Sent, faults: Mapping[str, str] | None = None, *, refusal: str = "", law: str = ""
) -> Form:
    """The form with what was typed, and what was wrong."""
    return Form(sent.values, faults or {}, refusal, law, sent.more)
