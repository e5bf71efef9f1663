"""The register of absences as its keepers see it: who is away, until when, who stands in."""

from dataclasses import dataclass

from hub.views import words
from hub.views.times import clock_time, day, moment
from rules.people import Actor
from workflows.absences import Register
from workflows.ports import Account

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """One absence that is not over."""

    id: str
    name: str
    unit: str
    since: str
    until: str
    deputy: str
    now: bool


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The absences, and whom the form can be about."""

    lines: tuple[AbsenceLine, ...]
    people: Choices
    deputies: Choices
    today: str
    now: str


def register_view(register: Register, actor: Actor) -> RegisterView:
    """Oneself first among those whom one answers for."""
    policy, now = register.moment.rulebook.policy, register.moment.at
    names = {it.id: it for it in register.deputies}

    def named(account: Account) -> tuple[str, str]:
        return account.id, f"{account.name}, {words.unit_name(policy, account.unit)}"

    lines = (
        AbsenceLine(
            id=it.id,
            name=names[it.account].name,
            unit=words.unit_name(policy, names[it.account].unit),
            since=moment(it.starts_at),
            until=moment(it.until),
            deputy=names[it.deputy].name if it.deputy in names else "",
            now=it.at(now),
        )
        for it in register.absences
    )
    mine = sorted(register.mine, key=lambda it: (it.id != actor.id, it.name))
    return RegisterView(
        lines=tuple(lines),
        people=tuple(map(named, mine)),
        deputies=tuple(map(named, register.deputies)),
        today=day(now),
        now=clock_time(now),
    )
