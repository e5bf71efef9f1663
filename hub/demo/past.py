"""Cases that are over, and the third report in a year, which is a pattern."""

from collections.abc import Iterator
from datetime import date

from hub.demo.children import born, child
from hub.demo.course import Course
from hub.demo.stage import Scene
from hub.demo.wording import MakeReport, point, report, said
from rules.concern import Channel, Report, ReportedChild, ReporterKind
from rules.level import Level
from rules.statement import DecisionKind, Section

_DAY = 24 * 60


def scenes() -> Iterator[Scene]:
    """Every scene of these courses, in no special order."""
    yield from _not_opened("forsta-anmalan", 240 * _DAY, _about_hugo("Frånvaro och bråk", _FIRST))
    yield from _not_opened("andra-anmalan", 84 * _DAY, _about_hugo("Hungrig i skolan", _SECOND))
    yield from _third_report()
    yield from _closed_with_a_breach()


_FIRST = "Hugo har varit frånvarande och bråkar på rasterna. Pappan säger att allt är bra hemma."
_SECOND = "Hugo kommer utan frukost och i samma kläder. Pappan säger att de haft det stressigt."


def _about_hugo(title: str, text: str) -> MakeReport:
    def make(today: date) -> Report:
        return report(
            ReportedChild(
                child=child("Hugo Rönnbäck", born(today, 10, (1, 22)), 8),
                answers=said(
                    ReporterKind.SCHOOL,
                    yes="skolan_fungerar_inte",
                    no="vald_mot_barnet allvarlig_forsummelse",
                ),
            ),
            kind=ReporterKind.SCHOOL,
            channel=Channel.E_SERVICE,
            title=title,
            text=text,
            wants_feedback=True,
        )

    return make


def _not_opened(name: str, start: float, make: MakeReport) -> Iterator[Scene]:
    course = Course(name)
    yield course.register(start - 30, make, received=start)
    yield course.protect(start - 40, "Ingen uppgift om fara.")
    yield course.confirm(start - 45)
    yield course.want_feedback(start - 50)
    yield course.decide(
        start - 5 * _DAY,
        DecisionKind.NOT_OPEN,
        "Uppgifterna ger inte anledning att utreda. Familjen har fått råd och kontaktvägar.",
    )
    yield course.feed_back(start - 5 * _DAY - 60, "telefon")
    yield course.close(start - 6 * _DAY, "Förhandsbedömningen är klar.")


def _third_report() -> Iterator[Scene]:
    course = Course("tredje-anmalan")
    make = _about_hugo("Tredje anmälan: somnar på lektionerna", _THIRD)
    yield course.register(60, make, received=75)
    yield course.protect(52, "Ingen akut fara; går hem med äldre bror.")


_THIRD = (
    "Hugo somnar på lektionerna och vill inte gå hem på eftermiddagen. Mentorn har sett pappan"
    " berusad vid hämtning en gång."
)


def _report_closed_with_a_breach(today: date) -> Report:
    return report(
        ReportedChild(
            child=child("Signe Björkhem", born(today, 15, (9, 28)), 9),
            answers=said(ReporterKind.HEALTH, yes="sjalvskada_suicidrisk stodjande_familj"),
        ),
        kind=ReporterKind.HEALTH,
        channel=Channel.PHONE,
        title="Självskada hos femtonåring, familjen söker hjälp",
        text=(
            "BUP: Signe har skurit sig ytligt. Hon har en säkerhetsplan och föräldrarna är med."
            " Vi anmäler för att familjen behöver avlastning."
        ),
        wants_feedback=True,
    )


def _closed_with_a_breach() -> Iterator[Scene]:
    course = Course("avslutad")
    start = 9 * _DAY
    yield course.register(start - 15, _report_closed_with_a_breach, received=start)
    yield course.protect(start - 20, "Säkerhetsplan finns och föräldrarna är hemma.")
    yield course.confirm(start - 25)
    yield course.want_feedback(start - 28)
    yield course.call(start - 30, "barn", "ungdom", meets=start - 165)
    yield course.know_nothing(start - 60, "ungdom")
    yield course.meet(start - 193, "ungdom", lasted=27)
    yield course.explain(
        start - 230,
        by="chef-barn",
        cause="bemanning",
        comment="Sjukfrånvaro; ersättare fanns inte.",
    )
    yield course.chart(
        start - 240,
        point(Section.CHILD, "Ytliga sår, berättar öppet.", "BUP:s anmälan"),
        point(Section.PROTECTION, "Föräldrarna är närvarande.", "BUP:s anmälan"),
    )
    yield course.assess(start - 245, Level.ORANGE, "Risk finns men skyddet är gott.")
    yield course.decide(
        start - 260,
        DecisionKind.NOT_OPEN,
        "BUP och familjen bär situationen. Stöd ges utan utredning.",
    )
    yield course.feed_back(start - 300, "telefon")
    yield course.close(start - 7 * _DAY, "Klart i hubben.")
