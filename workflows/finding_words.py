"""What the watchdog has found, in Swedish sentences, and what to do about it."""

from typing import assert_never

from workflows.vigil_ports import Finding, Kind


def sentence(finding: Finding) -> str:
    """What is not as promised; never a case's content."""
    count = finding.count
    one = count == 1
    match finding.kind:
        case Kind.UNPROMISED:
            what = "ett öppet ärende" if one else f"{count} öppna ärenden"
            return f"Ingen får veta något om {what}: varken frist eller ägt fristbrott."
        case Kind.UNTOLD:
            what = "En löpande frist" if one else f"{count} löpande frister"
            return f"{what} har inget larm."
        case Kind.UNRECORDED:
            what = "En frist har" if one else f"{count} frister har"
            return f"{what} gått ut utan att fristbrottet är skrivet."
        case Kind.LATE_ALARM:
            what = "Ett larm har" if one else f"{count} larm har"
            return f"{what} inte gått i tid."
        case Kind.LATE_DELIVERY:
            what = "Ett meddelande väntar" if one else f"{count} meddelanden väntar"
            return f"{what} sedan länge på att skickas."
        case Kind.DEAD_LETTER:
            what = "Ett meddelande har" if one else f"{count} meddelanden har"
            return f"{what} getts upp och måste skickas om eller ringas."
        case Kind.NO_WORKER | Kind.SILENT_WORKER | Kind.DEAD_SCHEDULER:
            return _of_process(finding)
        case Kind.SKEW | Kind.BACKWARDS:
            return _of_clock(finding)
        case Kind.NO_STATEMENT:
            return "Dagsintyget har inte gjorts."
        case _:
            assert_never(finding.kind)


def _of_process(finding: Finding) -> str:
    if finding.kind is Kind.NO_WORKER:
        return "Ingen bevakar fristerna."
    if finding.kind is Kind.DEAD_SCHEDULER:
        return "Bevakningen i en process har stannat."
    one = finding.count == 1
    return "En process har tystnat." if one else f"{finding.count} processer har tystnat."


def _of_clock(finding: Finding) -> str:
    if finding.kind is Kind.SKEW:
        return "En dators klocka skiljer sig från databasens."
    return "Klockan är efter det som redan är skrivet: den har gått bakåt, eller en annan går före."


def advice(kind: Kind) -> str:
    """What whoever runs the program does; the page of operations says more."""
    return _ADVICE[kind]


_ADVICE = {
    Kind.UNPROMISED: "Öppna ärendena och bestäm vad som ska hända. Kör hub verify.",
    Kind.UNTOLD: "Kör hub rebuild och sedan hub verify.",
    Kind.UNRECORDED: "Se att hub work går, och läs loggen.",
    Kind.LATE_ALARM: "Se att hub work går, och starta fler om de inte hinner.",
    Kind.LATE_DELIVERY: "Se att e-postservern svarar. Ring om det som brådskar.",
    Kind.DEAD_LETTER: "Ring mottagaren, rätta orsaken och skicka om.",
    Kind.NO_WORKER: "Starta hub work. Följ rutinen på papper tills den går.",
    Kind.SILENT_WORKER: "Se om processen eller datorn har stannat, och starta den.",
    Kind.DEAD_SCHEDULER: "Starta om processen.",
    Kind.SKEW: "Ställ datorns klocka (NTP).",
    Kind.BACKWARDS: "Ställ klockan (NTP), på databasens dator också.",
    Kind.NO_STATEMENT: "Se att hub work går och har en nyckel att skriva under med.",
}
