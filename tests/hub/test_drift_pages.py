"""The pages where those who answer for the rules follow them, and where the intake rates blind."""

import re
from collections.abc import Iterator

import pytest

from rules.level import Level
from tests.hub.web import Page, Visitor, Web
from tests.people import BEA, CIA, GRY, MIRA, NORA, ORANGE, OSKAR, RED, RUT, VIVI, report
from workflows import assessing
from workflows.registering import register

REASON = "Känner familjen sedan länge."
RATED = "Barnet är ensamt om kvällarna."


def judged(web: Web, level: Level | None = None, *, red: bool = False) -> str:
    """A case whose level Mira has set, two persons when it was lowered."""
    office = web.world.office
    (case,) = register(office, MIRA, report(answers=RED if red else ORANGE))
    assessing.assess_protection(office, MIRA, case.id, needed=False, reasons="Tryggt.")
    after = assessing.set_level(office, MIRA, case.id, level=level or case.level, reason=REASON)
    if after.lowering:
        assessing.answer_lowering(office, CIA, case.id, approve=True)
    return case.id


def drawn(web: Web, *levels: Level | None) -> Page:
    for level in levels or (None,):
        judged(web, level)
    draft = web.as_(RUT).open("/rules/agreement").draft()
    return draft.type("Hur många anmälningar", "20").press("Dra urvalet")


def rate(visitor: Visitor, level: str, reason: str = "") -> Page:
    page = visitor.open("/").follow("Bedöm blint").follow("Bedöm nästa")
    return page.draft().choose("Nivå", level).type("Skäl", reason).press("Spara bedömningen")


def test_what_people_did_with_the_proposals_is_told_in_counts_while_they_are_few(web: Web) -> None:
    for level in (None, Level.RED, None):
        judged(web, level)
    judged(web, Level.ORANGE, red=True)

    page = web.as_(RUT).open("/rules/drift")

    assert "4 bedömda. Höjda: 1 av 4. Sänkta: 1 av 4." in page.text
    assert "%" not in page.table("Per enhet").text
    assert "Mottagningsenheten 4 1 av 4 1 av 4" in page.table("Per enhet").text
    assert "2026 v. 11" in page.table("Vecka för vecka").text


def test_a_share_is_told_with_its_interval_when_there_are_enough(web: Web) -> None:
    for number in range(20):
        judged(web, Level.RED if number < 5 else None)

    page = web.as_(VIVI).open("/rules/drift")

    assert "Höjda: 5 av 20: 25 % (11–47 %)." in page.text


def test_other_days_are_asked_for_and_a_date_that_is_none_is_told_at_its_field(web: Web) -> None:
    judged(web)
    gry = web.as_(GRY)

    other = gry.open("/rules/drift?from=2025-01-01&until=2025-01-31")
    wrong = gry.open("/rules/drift?from=i+går&until=2025-01-31")
    backwards = gry.open("/rules/drift?from=2025-02-01&until=2025-01-31")

    assert "0 bedömda." in other.text
    assert wrong.status == backwards.status == 422
    assert "Skriv datumet som ÅÅÅÅ-MM-DD." in wrong.text
    assert "Sista dagen ligger före den första." in backwards.text


def test_the_picture_of_the_weeks_says_each_week_in_words(web: Web) -> None:
    judged(web, Level.RED)

    page = web.as_(RUT).open("/rules/drift")

    (picture,) = page.main.every("svg")
    titles = [it.text for it in picture.every("title")]
    assert "2026 v. 11: 1 bedömd, 1 höjd, 0 sänkta" in titles
    assert len(titles) > 26


def test_no_person_and_no_case_is_on_the_pages_that_follow_the_rules(web: Web) -> None:
    sample = drawn(web, Level.RED).path
    judged(web, Level.ORANGE, red=True)
    for rater in (NORA, OSKAR):
        rate(web.as_(rater), "Röd", RATED)

    for path in ("/rules/drift", "/rules/agreement", sample):
        page = web.as_(VIVI).open(path)
        for secret in ("Elliot", "Vråkberg", "Mira", "Nora", "Oskar", "MH-2026", REASON, RATED):
            assert secret not in page.text, path


def test_a_sample_is_drawn_rated_by_two_and_told(web: Web) -> None:
    page = drawn(web, None, Level.RED)
    assert "Urvalet är draget" in page.text
    assert "Ingen anmälan är ännu bedömd av två." in page.text
    for rater, levels in ((NORA, ("Röd", "Orange")), (OSKAR, ("Röd", "Röd"))):
        for level in levels:
            done = rate(web.as_(rater), level)
    assert "Din bedömning är sparad." in done.text
    assert "Ingen anmälan väntar" in done.text

    told = web.as_(GRY).open(page.path)

    assert "2 är bedömda av två, 0 av en" in told.text
    assert "De två med varandra 1 av 2 0,00 0,00" in told.table("Samstämmighet").text
    assert "Röd 1 0 0" in told.table("De två med varandra").text


def test_where_two_found_otherwise_each_sees_the_level_and_the_reason_of_the_other(
    web: Web,
) -> None:
    drawn(web)
    rate(web.as_(OSKAR), "Röd", RATED)
    assert "Där ni såg olika" not in web.as_(OSKAR).open("/ratings").text

    page = rate(web.as_(NORA), "Grön")

    assert f"Röd {RATED}" in page.table("Där ni såg olika").text
    assert "Oskar" not in page.text


def test_kappa_is_said_not_to_exist_when_nothing_varied(web: Web) -> None:
    page = drawn(web)
    for rater in (NORA, OSKAR):
        rate(web.as_(rater), "Orange")

    told = web.as_(RUT).open(page.path).table("Samstämmighet").text

    assert "går inte att räkna" in told
    assert "1,00" not in told


@pytest.mark.parametrize(
    ("label", "value", "sentence"),
    [
        ("Hur många anmälningar", "0", "Skriv ett antal från 1 till 200."),
        ("Hur många anmälningar", "många", "Skriv hur många anmälningar, med siffror."),
        ("Till och med", "2020-01-01", "Sista dagen ligger före den första."),
        ("Från och med", "i fjol", "Skriv datumet som ÅÅÅÅ-MM-DD."),
    ],
)
def test_a_draw_that_cannot_be_made_says_why(
    web: Web, label: str, value: str, sentence: str
) -> None:
    page = web.as_(RUT).open("/rules/agreement").draft().type(label, value).press("Dra urvalet")

    assert page.status == 422
    assert sentence in page.text


def test_without_any_level_that_people_have_set_nothing_is_drawn(web: Web) -> None:
    page = web.as_(RUT).open("/rules/agreement").draft().press("Dra urvalet")

    assert page.status == 409
    assert "Ingen anmälan i perioden har en nivå som en människa har satt." in page.text


def test_only_those_who_have_something_to_rate_are_told_of_it(web: Web) -> None:
    assert "Bedöm blint" not in web.as_(NORA).open("/").text

    drawn(web)

    assert "Bedöm blint: 1 gammal anmälan" in web.as_(NORA).open("/").text
    for other in (MIRA, BEA, RUT):
        assert "Bedöm blint" not in web.as_(other).open("/").text


def test_a_rating_without_a_level_is_asked_for_again_with_what_was_typed(web: Web) -> None:
    drawn(web)
    page = web.as_(NORA).open("/ratings").follow("Bedöm nästa")

    wrong = page.draft().type("Skäl", RATED).press("Spara bedömningen")

    assert wrong.status == 422
    assert "Välj en nivå." in wrong.text
    assert RATED in wrong.response.text


def test_what_one_has_rated_is_closed_to_them_and_so_is_their_own(web: Web) -> None:
    place = f"/ratings/{drawn(web).path.rpartition('/')[2]}/1"
    rate(web.as_(NORA), "Röd")

    again, own = web.as_(NORA).open(place), web.as_(MIRA).open(place)

    assert (again.status, own.status) == (409, 409)
    assert "Du har redan bedömt den här anmälan." in again.text
    assert "Du har varit med och satt nivån" in own.text


@pytest.mark.parametrize("path", ["/ratings/1/1", "/ratings/x/1", "/ratings/1/99999999999999"])
def test_a_place_that_was_not_drawn_does_not_exist(web: Web, path: str) -> None:
    assert web.as_(NORA).open(path).status == 404


def walked(visitor: Visitor, start: str) -> Iterator[Page]:
    """Every page about rating that can be reached from `start` by its links."""
    seen, left = set(), [start]
    while left:
        path = left.pop()
        if path not in seen:
            seen.add(path)
            page = visitor.open(path)
            yield page
            left += [it for it in page.links().values() if it.startswith("/ratings")]


def shown(web: Web, rater: Visitor) -> dict[str, str]:
    """What the rater is shown on every page about rating, but for the token of the session."""
    return {
        it.path: re.sub(r'value="csrf[^"]*"', "", it.response.text)
        for it in walked(rater, "/ratings")
    }


def test_no_rating_page_tells_what_was_set_what_was_proposed_or_what_the_other_found() -> None:
    """Two hubs that differ in all of it, before and after the other has rated, look the same."""
    seen = []
    for level, other in ((None, "Grön"), (Level.RED, "Röd")):
        web = Web()
        case_id = judged(web, level)
        web.as_(RUT).open("/rules/agreement").draft().press("Dra urvalet")
        rater = web.as_(NORA)
        seen.append(shown(web, rater))
        assessing.answer_questions(web.world.office, MIRA, case_id, answers=RED)
        rate(web.as_(OSKAR), other, RATED)
        seen.append(shown(web, rater))

    assert len(seen[0]) == 2
    assert all(it == seen[0] for it in seen)


def test_no_rating_page_names_the_case_a_rule_or_what_the_rules_said() -> None:
    web = Web()
    case_id = judged(web, Level.RED)
    web.as_(RUT).open("/rules/agreement").draft().press("Dra urvalet")
    rate(web.as_(OSKAR), "Röd", RATED)
    events = web.world.store.journal[case_id]
    said = next(it for it in events if it.kind == "classified").classification
    hidden = {case_id, "MH-2026", REASON, RATED, "Oskar", "Mira", "föreslår", "bekräftad"}
    hidden |= {it.rule for it in said.findings} | {it.because for it in said.findings}

    pages = list(walked(web.as_(NORA), "/ratings"))

    assert len(said.findings) > 0
    assert "Eleven berättar att pappa slog" in "".join(it.text for it in pages)
    for page in pages:
        for secret in hidden:
            assert secret not in page.root.text, (page.path, secret)
