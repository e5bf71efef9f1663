"""Cases where minutes count: just in, hub called, a silent unit, a breach, a late answer."""

from collections.abc import Iterator
from datetime import date

from hub.demo.children import born, child, sibling
from hub.demo.course import Course
from hub.demo.stage import Scene
from hub.demo.wording import judged, point, report, risk, safe, said
from rules.concern import Channel, Protected, Report, ReportedChild, ReporterKind
from rules.level import Level
from rules.statement import Dissent, Section


def scenes() -> Iterator[Scene]:
    """Every scene of these courses, in no special order."""
    yield from _just_in()
    yield from _level_to_confirm()
    yield from _silent_unit()
    yield from _breached()
    yield from _late_answer()
    yield from _protected_identity()


def _report_just_in(today: date) -> Report:
    birth = born(today, 9, (5, 14))
    return report(
        ReportedChild(
            child=child("Elvin Stenlöv", birth, 1),
            siblings=(sibling("Saga Stenlöv", born(today, 6, (11, 2)), 2),),
            answers=said(
                ReporterKind.SCHOOL, yes="vald_mot_barnet vagar_inte_ga_hem syskon_i_hemmet"
            ),
        ),
        kind=ReporterKind.SCHOOL,
        channel=Channel.PHONE,
        title="Slagen hemma, vågar inte gå hem efter skolan",
        text=(
            "Kurator på Lärkskolan ringer. Elvin i trean har berättat att pappa slog honom med"
            " en galge i går kväll. Han har ett långsmalt rött märke på överarmen och säger att"
            " han inte vågar gå hem. Pappa hämtar klockan fyra. Lillasyster går i"
            " förskoleklass i samma hus. Hemmet är inte kontaktat."
        ),
        contact="kurator@larkskolan.example",
        wants_feedback=True,
    )


def _just_in() -> Iterator[Scene]:
    course = Course("nyss-inkommen")
    yield course.register(6, _report_just_in, received=11)


def _report_level_to_confirm(today: date) -> Report:
    return report(
        ReportedChild(
            child=child("Melvin Sandåker", born(today, 15, (3, 30)), 3),
            answers=said(ReporterKind.POLICE, yes="hotbild natverkskoppling", no="tidigare_brott"),
        ),
        kind=ReporterKind.POLICE,
        channel=Channel.PHONE,
        title="Konkret hot mot femtonåring från ett nätverk",
        text=(
            "Områdespolisen: två oberoende uppgifter om att Melvin ska betala för en kusins"
            " skuld. Två äldre personer har väntat utanför hans träning två kvällar i rad."
            " Själv förekommer han inte hos oss. Vi bedömer hotet som konkret redan i kväll."
        ),
    )


def _level_to_confirm() -> Iterator[Scene]:
    course = Course("niva-att-bekrafta")
    yield course.register(19, _report_level_to_confirm, received=24)
    yield course.protect(
        12,
        "Konkret hot i kväll. Hemadressen är känd för dem som hotar.",
        measures="Pojken sover hos mormor på annan ort i natt. Polisen är informerad.",
    )


def _report_silent_unit(today: date) -> Report:
    return report(
        ReportedChild(
            child=child("Tuva Kråkvik", born(today, 3, (8, 21)), 4),
            answers=said(
                ReporterKind.HEALTH, yes="vald_mot_barnet foraldrars_missbruk bevittnat_vald"
            ),
        ),
        kind=ReporterKind.HEALTH,
        channel=Channel.OUT_OF_HOURS,
        title="Skador på treåring som inte stämmer med förklaringen",
        text=(
            "Barnakuten: flicka tre år med blåmärken på båda överarmarna och öronen. Mamman"
            " säger att hon ramlat. Mamman luktar alkohol. Läkaren menar att skadorna inte kan"
            " ha uppstått vid ett fall. Flickan är kvar på avdelningen till eftermiddagen."
        ),
        contact="barnakuten@sjukhuset.example",
    )


def _silent_unit() -> Iterator[Scene]:
    course = Course("tyst-enhet")
    yield course.register(178, _report_silent_unit, received=192)
    yield course.protect(
        172,
        "Misstänkt våld mot ett litet barn. Skyddad så länge hon är kvar på avdelningen.",
        measures="Barnet stannar på sjukhuset tills hubben har beslutat.",
    )
    yield course.confirm(168)
    yield course.call(115, "barn", "vuxen", "vald", "ekonomi", meets=-12)
    yield course.know(
        92,
        "barn",
        risk("Utredning för ett år sedan efter fall från skötbord.", "akt hos Barn och familj"),
        judged("Mamman brast i tillsyn när hon var ensam.", "utredaren då"),
    )
    yield course.know(
        77,
        "vald",
        risk(
            "Mamman sökte stöd i våras för våld från en tidigare partner.",
            "samtal i mars",
            context=True,
        ),
    )
    yield course.know_nothing(58, "ekonomi")


def _report_breached(today: date) -> Report:
    return report(
        ReportedChild(
            child=child("Noa Brännström", born(today, 14, (1, 9)), 5),
            answers=said(
                ReporterKind.POLICE,
                yes="utnyttjas_i_brott aldre_styr oforklarade_tillgangar ostrukturerad_fritid",
            ),
        ),
        kind=ReporterKind.POLICE,
        channel=Channel.E_SERVICE,
        title="Fjortonåring springer ärenden åt äldre",
        text=(
            "Noa påträffades vid centrum med två telefoner och 4 000 kronor. Äldre personer"
            " ur en lokal gruppering fanns intill och gav honom anvisningar. Tredje gången på"
            " en månad. Föräldrarna svarar inte i telefon."
        ),
        context="Centrumtorget, kvällar",
    )


def _breached() -> Iterator[Scene]:
    course = Course("fristbrott")
    yield course.register(780, _report_breached, received=795)
    yield course.protect(770, "Ingen akut fara i natt; hemma hos mamman enligt polisen.")
    yield course.confirm(765)
    yield course.call(760, "ungdom", "barn", "familjeratt", meets=610)
    yield course.know(
        680,
        "ungdom",
        risk("Har hoppat av två insatser i höst.", "insatsplan"),
        safe("Har god kontakt med en fältassistent.", "fältgruppen", context=True),
    )
    yield course.system_down(655, "familjeratt")
    yield course.ask(640, "skola", "Hur är närvaron den senaste månaden?")
    yield course.meet(582, "ungdom", lasted=27)
    yield course.chart(
        570,
        point(Section.CHILD, "Har slutat gå till träningen.", "Ungdom"),
        point(Section.CONTACTS, "Två äldre personer ger anvisningar.", "polisens anmälan"),
        point(Section.PLACES, "Centrum, kvällstid, utan vuxna.", "polisens anmälan"),
        point(Section.PROTECTION, "Fältassistenten når honom.", "Ungdom"),
        point(Section.UNKNOWN, "Vem pengarna tillhör.", "hubben"),
    )
    yield course.assess(
        565,
        Level.ORANGE,
        "Utnyttjas sannolikt av äldre. Barn och familj har inte svarat.",
        Dissent(
            name="Leila Karimi", unit="ungdom", opinion="Borde vara röd: det trappas upp snabbt."
        ),
    )


def _report_late_answer(today: date) -> Report:
    return report(
        ReportedChild(
            child=child("Alva Hedmarken", born(today, 7, (9, 3)), 6),
            answers=said(ReporterKind.PRESCHOOL, yes="bevittnat_vald", no="vagar_inte_ga_hem"),
        ),
        kind=ReporterKind.PRESCHOOL,
        channel=Channel.PHONE,
        title="Sjuåring berättar om bråk mellan föräldrarna",
        text=(
            "Fritids: Alva har lekt att pappan knuffar mamman och sagt att det är så på"
            " riktigt. Hon är glad och äter bra men blir tyst när pappa hämtar."
        ),
    )


def _late_answer() -> Iterator[Scene]:
    course = Course("sent-svar")
    yield course.register(500, _report_late_answer, received=510)
    yield course.protect(490, "Ingen uppgift om våld mot flickan. Hämtas av mormor i dag.")
    yield course.confirm(485)
    yield course.call(480, "barn", "vald", "ekonomi", meets=345)
    yield course.know_nothing(420, "barn")
    yield course.know(
        400,
        "vald",
        safe("Mamman har kontakt med oss sedan i våras.", "vårt stödsamtal", context=True),
    )
    yield course.meet(317, "barn", "vald", lasted=27)
    yield course.chart(
        300,
        point(Section.FAMILY, "Föräldrarna bråkar om kvällarna.", "fritids"),
        point(Section.PROTECTION, "Mamman tar emot stöd.", "Våld i nära relation"),
    )
    yield course.assess(295, Level.ORANGE, "Upplever våld hemma; mamman tar emot stöd.")
    yield course.know(
        21,
        "ekonomi",
        risk(
            "Pappan flyttade in igen förra veckan trots kontaktförbud.",
            "besök i går",
            context=True,
        ),
    )


def _report_protected_identity(today: date) -> Report:
    birth = born(today, 11, (2, 17))
    return report(
        ReportedChild(
            child=child("Liv Ekström", birth, 7, protected=Protected.YES),
            answers=said(ReporterKind.SOCIAL_SERVICES, yes="bevittnat_vald psykisk_ohalsa"),
        ),
        kind=ReporterKind.SOCIAL_SERVICES,
        channel=Channel.SDK,
        title="Flicka med skyddade personuppgifter mår allt sämre",
        text=(
            "Annan kommuns socialtjänst: familjen lever med skyddade personuppgifter. Flickan"
            " sover inte och säger att någon har hittat dem. Uppgifterna är inte bekräftade."
        ),
    )


def _protected_identity() -> Iterator[Scene]:
    course = Course("skyddade-uppgifter")
    yield course.register(205, _report_protected_identity, received=215)
    yield course.protect(
        198,
        "Ingen bekräftad fara, men oron att vara hittad tas på allvar.",
        measures="Polisens kontaktperson är underrättad av anmälaren. Larmtelefon finns.",
    )
    yield course.confirm(190)
    yield course.call(140, "barn", "vald", meets=-40)
    yield course.know_nothing(95, "barn")
    yield course.know(
        70, "vald", judged("Hotet mot mamman har bedömts som högt.", "riskbedömning i våras")
    )
