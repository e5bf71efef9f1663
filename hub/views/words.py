"""The Swedish words that people read for the values of the code; one word for each."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.concern import Channel, Protected, ReporterKind
from rules.level import Level
from rules.people import Role
from rules.policy import Policy

CHANNELS: Mapping[str, str] = {
    Channel.PHONE: "Telefon",
    Channel.E_SERVICE: "E-tjänst",
    Channel.LETTER: "Brev",
    Channel.VISIT: "Besök",
    Channel.SDK: "Säker digital kommunikation",
    Channel.OUT_OF_HOURS: "Socialjouren",
}
REPORTERS: Mapping[str, str] = {
    ReporterKind.SCHOOL: "Skola",
    ReporterKind.PRESCHOOL: "Förskola",
    ReporterKind.POLICE: "Polis",
    ReporterKind.HEALTH: "Hälso- och sjukvård",
    ReporterKind.SOCIAL_SERVICES: "Socialtjänst",
    ReporterKind.AUTHORITY: "Annan myndighet",
    ReporterKind.GUARDIAN: "Vårdnadshavare",
    ReporterKind.CHILD: "Barnet självt",
    ReporterKind.PRIVATE: "Privatperson",
    ReporterKind.ANONYMOUS: "Anonym",
}
PROTECTED: Mapping[str, str] = {
    Protected.UNKNOWN: "Okänt (räknas som skyddat)",
    Protected.YES: "Ja, skyddade personuppgifter",
    Protected.NO: "Nej, kontrollerat",
}
ONGOING = {
    "pagaende_utredning": "Utredning om barnet pågår",
    "pagaende_insats": "Insats för barnet pågår",
    "syskon_aktuella": "Ett syskon eller annat barn i hushållet har ett öppet ärende",
}
ROLES: Mapping[str, str] = {
    Role.INTAKE: "mottagningssekreterare",
    Role.UNIT: "enhetsrepresentant",
    Role.INVESTIGATOR: "utredare",
    Role.UNIT_MANAGER: "enhetschef",
    Role.MANAGER: "verksamhetschef",
    Role.RULE_OWNER: "regelansvarig",
    Role.REVIEWER: "granskare",
    Role.DUTY: "socialjour",
    Role.ADMINISTRATOR: "systemförvaltare",
}
VALUES: Mapping[str, str] = {"ja": "Ja", "nej": "Nej", "okänt": "Okänt"}
_SYMBOLS: Mapping[Level, str] = {Level.RED: "▲", Level.ORANGE: "◆", Level.GREEN: "●"}
_CSS: Mapping[Level, str] = {Level.RED: "red", Level.ORANGE: "orange", Level.GREEN: "green"}


@dataclass(frozen=True, slots=True)
class LevelTag:
    """A level as a tag: word and symbol carry it, the colour only repeats them."""

    word: str
    symbol: str
    css: str
    status: str = ""


def level_tag(level: Level | str, *, confirmed: bool | None = None) -> LevelTag:
    """The tag of a level, with whether a person has confirmed it."""
    known = Level(level)
    status = {True: "bekräftad", False: "föreslagen", None: ""}[confirmed]
    return LevelTag(known.value.capitalize(), _SYMBOLS[known], _CSS[known], status)


def unit_name(policy: Policy, unit: str | None) -> str:
    """The unit's name; the id itself when the unit has left the rules."""
    known = policy.units.get(unit or "")
    return known.name if known else unit or "okänd enhet"


def sources(policy: Policy) -> Mapping[str, str]:
    """Who may have answered a question: the reporter's kinds, the intake and the units."""
    units = {name: unit.name for name, unit in policy.units.items()}
    return {**{kind.value: REPORTERS[kind] for kind in ReporterKind}, **units}
