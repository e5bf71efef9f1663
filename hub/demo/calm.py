"""Cases that take their time: grön, a lowering to weigh, a handover, siblings, an investigation."""

from collections.abc import Iterator
from datetime import date

from hub.demo.children import born, child, sibling
from hub.demo.course import Course
from hub.demo.stage import Scene
from hub.demo.wording import YES, point, report, risk, safe, said
from rules.concern import Channel, Child, Report, ReportedChild, ReporterKind
from rules.level import Level
from rules.statement import DecisionKind, Section

_HOUR = 60
_DAY = 24 * _HOUR


def scenes() -> Iterator[Scene]:
    """Every scene of these courses, in no special order."""
    yield from _green_near_its_end()
    yield from _green_just_in()
    yield from _lowering()
    yield from _handed_over()
    yield from _siblings()
    yield from _investigated()


def _report_green_near_its_end(today: date) -> Report:
    return report(
        ReportedChild(
            child=child("Axel Hillerbo", born(today, 16, (5, 31)), 1),
            answers=said(ReporterKind.GUARDIAN, yes="eget_missbruk stodjande_familj"),
        ),
        kind=ReporterKind.GUARDIAN,
        channel=Channel.E_SERVICE,
        title="Har prövat cannabis, föräldrarna vill ha råd",
        text=(
            "Vår son har rökt på två gånger med en kompis och berättade själv. Skolan går fint"
            " och han spelar innebandy. Vi undrar vart vi kan vända oss."
        ),
    )


def _green_near_its_end() -> Iterator[Scene]:
    course = Course("gron-nara-slutet")
    yield course.register(12 * _DAY - 40, _report_green_near_its_end, received=12 * _DAY)
    yield course.protect(12 * _DAY - 60, "Ingen fara. Föräldrarna är engagerade.")
    yield course.confirm(12 * _DAY - 65)


def _report_green_just_in(today: date) -> Report:
    return report(
        ReportedChild(
            child=child("Ines Vallmo", born(today, 8, (12, 1)), 2),
            answers=said(
                ReporterKind.SCHOOL,
                yes="skolan_fungerar_inte stodjande_familj",
                no="vald_mot_barnet allvarlig_forsummelse",
            ),
        ),
        kind=ReporterKind.SCHOOL,
        channel=Channel.E_SERVICE,
        title="Hög frånvaro i tvåan",
        text=(
            "Ines har varit borta var fjärde dag sedan höstlovet. Föräldrarna säger att hon har"
            " ont i magen. De kommer på möten och vill ha hjälp."
        ),
        contact="rektor@backskolan.example",
        wants_feedback=True,
    )


def _green_just_in() -> Iterator[Scene]:
    course = Course("gron-ny")
    yield course.register(48, _report_green_just_in, received=70)
    yield course.protect(41, "Ingen uppgift om fara.")


def _report_lowering(today: date) -> Report:
    return report(
        ReportedChild(
            child=child("Vilmer Åsgård", born(today, 13, (7, 19)), 3),
            answers=said(ReporterKind.PRIVATE, yes="natverkskoppling", no="utnyttjas_i_brott"),
        ),
        kind=ReporterKind.PRIVATE,
        channel=Channel.PHONE,
        title="Granne såg pojken med äldre killar",
        text=(
            "En granne har sett Vilmer prata med tre äldre killar vid garagen två gånger och"
            " tror att de hör till ett gäng. Grannen vill inte lämna sitt namn vidare."
        ),
    )


def _lowering() -> Iterator[Scene]:
    course = Course("sankning")
    yield course.register(170, _report_lowering, received=180)
    yield course.protect(160, "Ingen uppgift om fara just nu.")
    yield course.confirm(155)
    yield course.set_level(
        44,
        Level.GREEN,
        "Killarna är hans kusiner på besök; fältgruppen har talat med dem. Ingen känd koppling.",
    )


def _report_handed_over(today: date) -> Report:
    return report(
        ReportedChild(
            child=child("Ronja Lundmark", born(today, 12, (4, 8)), 4),
            answers=said(ReporterKind.CHILD, yes="vald_mot_barnet vagar_inte_ga_hem"),
        ),
        kind=ReporterKind.CHILD,
        channel=Channel.PHONE,
        title="Ringer själv: vågar inte gå hem",
        text=(
            "Ronja ringer från biblioteket. Styvpappan har slagit henne i ansiktet och sagt att"
            " det blir värre om hon berättar. Hon vill inte att mamma ska få veta var hon är."
        ),
    )


def _handed_over() -> Iterator[Scene]:
    course = Course("overlamnad")
    yield course.register(318, _report_handed_over, received=320)
    yield course.protect(
        310,
        "Våld i dag och hot om mer. Vågar inte gå hem.",
        measures="Hämtad av oss på biblioteket. Är hos jourfamilj tills vidare.",
    )
    yield course.confirm(305)
    yield course.call(300, "barn", "vald", "familjeratt", meets=190)
    yield course.know_nothing(260, "barn")
    yield course.know(
        240,
        "vald",
        risk("Styvpappan är dömd för misshandel av en tidigare sambo.", "dom i akt", context=True),
    )
    yield course.know(
        225,
        "familjeratt",
        safe(
            "Pappan har umgänge varannan helg och vill ha mer.", "umgängesutredning", context=True
        ),
    )
    yield course.meet(162, "barn", "vald", "familjeratt", lasted=27)
    yield course.chart(
        155,
        point(Section.CHILD, "Rödflammig kind, berättar sammanhängande.", "mottagningen"),
        point(Section.PARENTS, "Mamman har inte kunnat skydda.", "hubben"),
        point(Section.FAMILY, "Styvpappan är dömd för våld tidigare.", "Våld i nära relation"),
        point(Section.PROTECTION, "Pappan är en möjlig trygg vuxen.", "Familjerätten"),
        point(Section.UNKNOWN, "Om lillebror också är utsatt.", "hubben"),
    )
    yield course.assess(152, Level.RED, "Våld av närstående, behov av skydd nu.")
    yield course.decide(
        140,
        DecisionKind.OPEN,
        "Uppgift om våld av närstående. Utredning inleds utan dröjsmål för att bedöma skydd.",
    )
    yield course.hand_over(130)


def _report_siblings(today: date) -> Report:
    older, younger = born(today, 10, (6, 12)), born(today, 4, (10, 25))
    return report(
        ReportedChild(
            child=child("Freja Torsfors", older, 5),
            siblings=(sibling("Ture Torsfors", younger, 6),),
            answers=said(ReporterKind.SCHOOL, yes="allvarlig_forsummelse foraldrars_missbruk"),
        ),
        ReportedChild(
            child=Child(name="Ture Torsfors", birth_date=younger),
            siblings=(sibling("Freja Torsfors", older, 5),),
            answers=said(ReporterKind.SCHOOL, yes="allvarlig_forsummelse foraldrars_missbruk"),
        ),
        kind=ReporterKind.SCHOOL,
        channel=Channel.PHONE,
        title="Syskon utan mat och tillsyn hemma",
        text=(
            "Freja har sagt att det inte finns mat hemma och att mamma sover hela dagarna. Hon"
            " klär på och matar lillebror som är fyra. Kläderna är för tunna."
        ),
    )


def _siblings() -> Iterator[Scene]:
    course, brother = Course("syskon"), Course("syskon:2")
    yield course.register(98, _report_siblings, received=110)
    yield course.protect(
        88, "Brist på mat och tillsyn i dag.", measures="Mostern hämtar båda barnen efter skolan."
    )
    yield brother.protect(
        86, "Brist på mat och tillsyn i dag.", measures="Mostern hämtar båda barnen efter skolan."
    )
    yield course.confirm(80)
    yield course.learn(75, "mottagning", {"syskon_i_hemmet": YES})


def _report_investigated(today: date) -> Report:
    return report(
        ReportedChild(
            child=child("Isak Granfors", born(today, 16, (3, 3)), 7),
            answers=said(
                ReporterKind.POLICE, yes="narkotikabrott natverkskoppling skolan_fungerar_inte"
            ),
        ),
        kind=ReporterKind.POLICE,
        channel=Channel.SDK,
        title="Sextonåring misstänkt för narkotikabrott",
        text=(
            "Isak greps vid centrum med narkotika förpackad för försäljning. Tidigare okänd för"
            " oss."
        ),
        wants_feedback=True,
        context="Centrumtorget kvällar",
    )


def _investigated() -> Iterator[Scene]:
    course = Course("utredning-pagar")
    start = 6 * _DAY
    yield course.register(start - 10, _report_investigated, received=start)
    yield course.protect(start - 20, "Ingen fara just nu; hemma med båda föräldrarna.")
    yield course.confirm(start - 25)
    yield course.want_feedback(start - 28)
    yield course.call(start - 30, "ungdom", "vuxen", meets=start - 180)
    yield course.know_nothing(start - 70, "ungdom")
    yield course.know_nothing(start - 80, "vuxen")
    yield course.meet(start - 208, "ungdom", "vuxen", lasted=27)
    yield course.chart(
        start - 220,
        point(Section.CONTACTS, "Nya vänner sedan i somras.", "föräldrarna genom polisen"),
        point(Section.RISKS, "Förpackat för försäljning.", "polisens anmälan"),
    )
    yield course.assess(start - 225, Level.ORANGE, "Säljer sannolikt åt andra. Skuld kan följa.")
    yield course.decide(
        start - 240, DecisionKind.OPEN, "Utredning behövs för att bedöma behov av stöd och skydd."
    )
    yield course.hand_over(start - 250)
    yield course.take_over(start - 300)
    yield course.feed_back(start - 320, "telefon")
    yield course.inform(start - 400, "Isak och båda föräldrarna på möte.")
    yield course.ask(20 * _HOUR, "skola", "Närvaro och resultat den här terminen?", by="utredare")
