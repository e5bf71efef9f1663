"""The handover package: everything the hub knew, sentence by sentence with its source."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime

from rules.case import CalledUnit, Case
from rules.events import HubCalled, Registered


def package_of(case: Case) -> Mapping[str, object]:
    """The package as data; the readable document is made from the same data and nothing else."""
    first = case.registered
    return {
        "format": "mash-hubben/overlamning/1",
        "arende": case.number,
        "inkommen": _plain(case.received_at),
        "kanal": first.channel.value,
        "anmalare": {"typ": first.reporter.kind.value, "namn": first.reporter.name},
        "barn": _plain(asdict(case.child)),
        "syskon": [_plain(asdict(sibling)) for sibling in first.siblings],
        "anmalan": _told(first),
        "tidigare_och_samtidiga": [_plain(asdict(other)) for other in first.related],
        "skyddsbedomning": _plain(asdict(case.protection)) if case.protection else None,
        "instrument": {
            name: [_plain(asdict(answer)) for answer in said.values()]
            for name, said in case.said.items()
        },
        "klassning": _plain(asdict(case.classified.classification)) if case.classified else None,
        "nivaer": [_plain(asdict(level)) for level in case.levels],
        "hubb": _call(case.call) if case.call else None,
        "uppgifter": list(_statements(case)),
        "enheter": [_unit(unit) for unit in case.units.values()],
        "mote": _plain(asdict(case.meeting)) if case.meeting else None,
        "kartlaggning": [_plain(asdict(i)) for i in case.mapping.items] if case.mapping else [],
        "bedomningar": [_plain(asdict(made)) for made in case.assessments],
        "utomstaende": [_plain(asdict(request)) for request in case.requests.values()],
        "beslut": _plain(asdict(case.decision)) if case.decision else None,
        "anteckningar": [_plain(asdict(note)) for note in case.notes],
    }


def _told(first: Registered) -> Mapping[str, object]:
    """A context only when there is one: the fingerprint of an older package stays as it was."""
    told = {"rubrik": first.title, "text": first.text}
    return {**told, "sammanhang": first.context} if first.context else told


def _call(call: HubCalled) -> object:
    """A room only when there is one, for the same reason."""
    told = asdict(call)
    return _plain(told if call.room else {k: it for k, it in told.items() if k != "room"})


def _unit(unit: CalledUnit) -> Mapping[str, object]:
    answers = (
        {"svar": a.answer.value, "lamnat": _plain(a.at), "av": a.attested_by, "skal": a.reason}
        for a in unit.answers
    )
    return {"enhet": unit.unit, "svar": list(answers)}


def _statements(case: Case) -> Iterator[Mapping[str, object]]:
    for unit in case.units.values():
        for answer in unit.answers:
            for said in answer.statements:
                yield {
                    "enhet": unit.unit,
                    "lamnad": _plain(answer.at),
                    "av": answer.attested_by,
                    "uppgift": said.text,
                    "kalla": said.source,
                    "om": said.about.value,
                    "art": said.nature.value,
                    "pekar_mot": said.weight.value,
                }


def _plain(value: object) -> object:
    """JSON-ready: dates as ISO text, tuples as lists, keys as text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return value


def fingerprint(package: Mapping[str, object]) -> str:
    """The sha256 of the package in one canonical form."""
    text = json.dumps(package, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
