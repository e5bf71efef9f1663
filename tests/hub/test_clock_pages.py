"""The clocks of a case: why, who is told, and what a person may do with them."""

import re
from dataclasses import replace

import pytest

from hub.views.tasks import all_tasks
from rules.people import Actor
from tests.api.stages import closed_case, handed_over_case
from tests.hub import acts
from tests.hub.web import Page, Web
from tests.people import BEA, CIA, CURT, MIRA, ORANGE, OSKAR, UTA, report
from workflows.reading import read_board
from workflows.registering import register
from workflows.watching import sweep

REPORT = (
    "Att förebygga rekrytering till kriminella nätverk (FoU Nordväst), rapporten som beskriver MASH"
)
RAW = re.compile(r"\bs\d:\d|\bpraxis\b(?! i mottagningen)")


def clocks(page: Page) -> Page:
    return page.visitor.open(f"{page.path}/clocks")


def later(web: Web, page: Page, **span: float) -> Page:
    """The same page, when so much time has passed that one has to log in again."""
    web.sweep(**span)
    return web.as_(MIRA).open(page.path)


def card(page: Page, name: str) -> str:
    """The text of one clock on the page."""
    return next(
        it.text for it in page.main.every("article") if next(it.every("h3")).text.startswith(name)
    )


def opened(web: Web) -> Page:
    """A case with its protection assessed; the case page."""
    return acts.protect(acts.register(web))


def investigated(web: Web) -> str:
    case_id = closed_case(web.world)
    return f"/cases/{case_id}"


def test_a_clock_tells_why_it_ends_when_it_does_and_who_is_told_when(web: Web) -> None:
    page = clocks(opened(web))

    told = card(page, "Hantering")

    assert "förfluten tid dygnet runt: 2026-03-10 kl. 12.50" in told
    assert "2026-03-10 kl. 11.50 Varning: mottagningssekreterare, Mottagning" in told
    assert "kl. 12.50 Fristen går ut: mottagningssekreterare, Mottagningsenheten;" in told
    assert "2026-03-10 kl. 13.20 Larm: verksamhetschef" in told
    assert f"kl. 12.50. Grund: underlaget ”{REPORT}”, rad 3347–3358." in told


def test_no_page_leaves_a_person_with_a_mark_for_what_something_rests_on(web: Web) -> None:
    (case,) = register(web.world.office, MIRA, report(answers=ORANGE))
    web.sweep(hours=13)
    mira, cia, path = web.as_(MIRA), web.as_(CIA), f"/cases/{case.id}"
    grounded = [
        *(mira.open(f"{path}{place}") for place in ("", "/clocks", "/level", "/package")),
        *(cia.open(place) for place in (f"{path}/breaches", "/deadlines", "/")),
    ]

    assert {page.status for page in grounded} == {200}
    assert not [page.path for page in grounded if RAW.search(page.text)]
    assert all("underlaget ”" in page.text for page in grounded[:4])


def test_what_has_been_told_stands_as_told(web: Web) -> None:
    page = later(web, opened(web), hours=3)

    told = card(clocks(page), "Hantering")

    assert "✔2026-03-10 kl. 12.00 Varning: mottagningssekreterare" in told.replace("✔ ", "✔")


def test_a_warning_that_is_seen_is_not_sent_again_and_the_clock_runs_on(web: Web) -> None:
    page = later(web, opened(web), hours=3)

    step = clocks(page).follow("Jag har sett varningen Hantering")
    assert "Fristen löper vidare." in step.text
    assert "antecknas ett fristbrott" in step.text
    page = step.draft().press("Jag har sett varningen")

    told = card(page, "Hantering")
    assert "Varningen är sedd: Mira" in told
    assert "Jag har sett varningen" not in told
    assert "Varning: " not in told.partition("Vem får veta")[2].partition("✔")[0]
    web.world.clock.forward(hours=2)
    assert "Hantering" in {it.name for it in sweep(web.world.office).passed}


def test_a_clock_of_days_is_extended_to_a_day_by_whoever_has_the_delegation(web: Web) -> None:
    page = clocks(opened(web)).follow("Förläng fristen Förhandsbedömning")
    assert "synnerliga skäl" in page.text
    assert "Flyttas med, om de slutar tidigare: Hantering." in page.text
    assert not page.draft().named("until_time")

    wrong = page.draft().type("Till och med vilken dag?", "2026-03-11").press("Förläng fristen")
    assert wrong.status == 422
    assert "Skriv vilka skäl som finns." in wrong.text
    early = wrong.draft().type("Vilka skäl finns?", "Barnet är bortrest.").press("Förläng fristen")
    assert early.status == 422
    assert "Välj en senare tid" in early.text
    late = early.draft().type("Till och med vilken dag?", "2026-04-10")
    page = late.press("Förläng fristen")

    told = card(page, "Förhandsbedömning")
    assert "senast fredag 2026-04-10 kl. 24.00" in told
    assert "förlängd till 2026-04-10 kl. 24.00" in told
    assert "Synnerliga skäl: Barnet är bortrest." in told
    assert "Mira" in told


@pytest.mark.parametrize("who", [OSKAR, CIA], ids=lambda who: who.name)
def test_whoever_lacks_the_delegation_is_not_offered_to_extend(web: Web, who: Actor) -> None:
    page = clocks(opened(web))

    other = web.as_(who).open(page.path)
    step = web.as_(who).open(f"{page.path.removesuffix('/clocks')}/extension")

    assert "Förläng fristen" not in other.text
    assert "Ingen frist i ärendet får förlängas av dig." in step.text


def resting(web: Web) -> str:
    """A case whose gathering of information rests; its address."""
    acts.hand_over(acts.decided(web))
    case = acts.receive(web).path.removesuffix("/package")
    uta = web.as_(UTA)
    draft = uta.open(f"{case}/requests").draft().select("Part", "Skola")
    draft.choose("Vad gäller det?", "Hämta uppgifter").put("question", "Frånvaro?")
    draft.press("Spara begäran")
    assert "Vilken frist?" in uta.open(f"{case}/rest").text
    page = uta.open(f"{case}/clocks").follow("Låt fristen vila Informationsinhämtning")
    assert "särskilda skäl" in page.text
    draft = page.draft().type("Dag", "2026-03-12").type("Klockslag", "12.00")
    draft.type("Vilka skäl finns?", "Skolan har lov.").press("Låt fristen vila")
    return str(case)


def test_a_clock_that_rests_says_until_when_and_ends_later_by_what_it_rested(web: Web) -> None:
    case = resting(web)
    page = web.as_(UTA).open(f"{case}/clocks")

    assert "vilar, längst till 2026-03-12 kl. 12.00" in card(page, "Informationsinh")
    web.world.clock.forward(hours=3)
    page = (
        web.as_(UTA).open(page.path).follow("Låt den löpa igen").draft().press("Låt den löpa igen")
    )
    assert "vilade 3 h 0 min" in card(page, "Informationsinh")


def test_a_list_tells_of_a_clock_that_rests_only_when_no_other_runs_and_never_as_broken(
    web: Web,
) -> None:
    resting(web)
    web.world.clock.forward(days=1.1)
    board = read_board(web.world.office, UTA)
    of_request = tuple(it for it in board.clocks if it.name == "Informationsinhämtning")

    (alone,) = all_tasks(replace(board, clocks=of_request))
    (among,) = all_tasks(board)

    assert alone.deadline is not None
    assert alone.deadline.text == "vilar, längst till 2026-03-12 kl. 12.00"
    assert alone.deadline.state == "resting"
    assert among.clock != alone.clock == "Informationsinhämtning"


def test_an_occasion_starts_and_stops_the_clocks_that_go_by_it(web: Web) -> None:
    case = investigated(web)
    page = web.as_(UTA).open(f"{case}/clocks").follow("Anteckna händelse")
    assert "Startar Underställning av omedelbart omhändertagande (1 vecka)" in page.text

    draft = page.draft().select("Vad har hänt?", "Omedelbart omhändertagande beslutat")
    page = draft.type("Dag", "2026-03-10").type("Klockslag", "10.00").press("Anteckna händelsen")

    assert "Underställning" in card(page, "Underställning")
    assert "2026-03-17" in card(page, "Underställning")
    draft = page.follow("Anteckna händelse").draft()
    draft.select("Vad har hänt?", "Omhändertagandet underställt förvaltningsrätten")
    page = draft.press("Anteckna händelsen")
    assert "klart 2026" in card(page, "Underställning")


@pytest.mark.parametrize("noun", ["rest", "resumption", "acknowledgement", "extension"])
def test_a_step_without_a_clock_says_so_and_takes_nothing(web: Web, noun: str) -> None:
    page = opened(web)

    wrong = web.as_(CIA).open(f"{page.path}/{noun}")

    assert wrong.status == 200
    assert not [it for it in wrong.main.every("button") if not it.hidden]


def test_a_unit_sees_the_clocks_and_may_see_a_warning_but_moves_none(web: Web) -> None:
    case = f"/cases/{handed_over_case(web.world)}"

    page = web.as_(BEA).open(f"{case}/clocks")

    for act in ("Förläng fristen", "Låt fristen vila", "Anteckna händelse"):
        assert act not in page.text
    assert web.as_(BEA).open(f"{case}/extension").status == 403
    assert web.as_(CURT).open(f"{case}/occasion").status == 200
    assert web.as_(MIRA).open(f"{case}/clocks").status == 200
