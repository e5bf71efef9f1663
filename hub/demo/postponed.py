"""Cases whose clocks a person has moved: two have got more time, and one rests."""

from collections.abc import Iterator
from datetime import date

from hub.demo.children import born, child
from hub.demo.course import INTAKE, INVESTIGATOR, Course
from hub.demo.stage import Scene
from hub.demo.wording import MakeReport, report, said
from rules.concern import Channel, Report, ReportedChild, ReporterKind
from rules.statement import DecisionKind

_HOUR = 60
_DAY = 24 * _HOUR


def scenes() -> Iterator[Scene]:
    """Every scene of these courses, in no special order."""
    yield from _longer_before_decision()
    yield from _longer_investigation()
    yield from _resting()


def _report_longer_before_decision(today: date) -> Report:
    return report(
        ReportedChild(
            child=child("Tage Lindhult", born(today, 14, (2, 3)), 3),
            answers=said(
                ReporterKind.SCHOOL,
                yes="skolan_fungerar_inte",
                no="vald_mot_barnet vagar_inte_ga_hem",
            ),
        ),
        kind=ReporterKind.SCHOOL,
        channel=Channel.E_SERVICE,
        title="Fjortonåring som har börjat skolka",
        text=(
            "Tage har varit borta från de flesta lektionerna sedan en månad. Mamman visste det"
            " inte. Hon är ensam med honom och vill gärna att någon pratar med dem båda."
        ),
    )


def _longer_before_decision() -> Iterator[Scene]:
    course, start = Course("mer-tid-fore-beslut"), 12 * _DAY
    yield course.register(start - 30, _report_longer_before_decision, received=start)
    yield course.protect(start - 40, "Ingen uppgift om fara.")
    yield course.confirm(start - 45)
    yield course.extend(
        _DAY,
        "forhandsbedomning",
        until=-12 * _DAY,
        reason=(
            "Tage och mamman ligger på sjukhus efter en trafikolycka. De vill tala med oss och"
            " kan det tidigast om en vecka."
        ),
        by=INTAKE,
    )


def _report_longer_investigation(today: date) -> Report:
    return report(
        ReportedChild(
            child=child("Edla Kvarnström", born(today, 12, (10, 4)), 1),
            answers=said(
                ReporterKind.SCHOOL,
                yes="psykisk_ohalsa skolan_fungerar_inte",
                no="vald_mot_barnet allvarlig_forsummelse",
            ),
        ),
        kind=ReporterKind.SCHOOL,
        channel=Channel.E_SERVICE,
        title="Tolvåring som slutat gå till skolan",
        text=(
            "Edla har inte varit i skolan på fyra veckor. Hon sover på dagarna och svarar inte"
            " sina vänner. Föräldrarna gör vad de kan och vet inte vad de ska göra mer."
        ),
    )


def _longer_investigation() -> Iterator[Scene]:
    course, start = Course("utredning-forlangd"), 105 * _DAY
    yield from _opened(course, start, _report_longer_investigation)
    yield course.close(start - 4 * _DAY, "Utredningen har tagit över.")
    yield course.extend(
        4 * _DAY,
        "utredning",
        until=-60 * _DAY,
        reason=(
            "Barnpsykiatrin utreder Edla och är klar om sex veckor. Vilket stöd hon behöver går"
            " inte att bedöma innan."
        ),
        by="chef-utredning",
    )


def _report_resting(today: date) -> Report:
    return report(
        ReportedChild(
            child=child("Edvin Sjöhage", born(today, 5, (3, 12)), 2),
            answers=said(
                ReporterKind.PRESCHOOL,
                yes="psykisk_ohalsa",
                no="vald_mot_barnet vagar_inte_ga_hem",
            ),
        ),
        kind=ReporterKind.PRESCHOOL,
        channel=Channel.E_SERVICE,
        title="Femåring som blivit tyst och ängslig",
        text=(
            "Edvin har slutat leka och gråter vid lämningen sedan sin mormors bortgång. Mamman"
            " säger att hon inte orkar så mycket själv just nu och att hon vill ha hjälp."
        ),
    )


def _resting() -> Iterator[Scene]:
    course, start = Course("uppgift-vilar"), 8 * _DAY
    yield from _opened(course, start, _report_resting)
    question = "Vad såg ni när ni träffade Edvin, och hur mår mamman?"
    yield course.ask(40 * _HOUR, "halso_och_sjukvard", question, by=INVESTIGATOR)
    yield course.rest(
        30 * _HOUR,
        "informationsinhamtning",
        until=-5 * _DAY,
        reason="Läkaren som har träffat Edvin är bortrest. Vårdcentralen svarar när hon är åter.",
        by=INVESTIGATOR,
    )


def _opened(course: Course, start: float, make: MakeReport) -> Iterator[Scene]:
    """An investigation, opened after three calm days and in the hands of an investigator."""
    decided = start - 3 * _DAY
    yield course.register(start - 30, make, received=start)
    yield course.protect(start - 40, "Ingen uppgift om fara.")
    yield course.confirm(start - 45)
    yield course.decide(
        decided, DecisionKind.OPEN, "Utredning behövs för att bedöma vilket stöd barnet behöver."
    )
    yield course.hand_over(decided - 20)
    yield course.take_over(decided - 60)
    yield course.inform(decided - 300, "Båda föräldrarna på möte, barnet på besök hemma.")
