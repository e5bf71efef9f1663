"""A threshold is changed in the browser: seen by what it does, approved by another, in time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from structlog.testing import capture_logs

from adapters.columns.past import ColumnConcerns, TwoVersions
from adapters.rulesedit import rewrite
from adapters.rulesfile import parse, read
from hub.app import create_app
from hub.comparing import RuleTools
from rules.engines.rulebook import live
from rules.language.ruleset import RuleSet
from tests.hub.web import Draft, Page, Web, desk, enter
from tests.people import GRY, MIRA, ORANGE, RED, RUT, VIVI, report, yes
from workflows.registering import register

LITTLE = yes("vald_mot_barnet")


def changed(web: Web, **numbers: int) -> Draft:
    """A proposal with other numbers, each with a ground of its own."""
    draft = web.as_(RUT).open("/rules/draft").draft()
    draft.type("Versionens beteckning", "2027.1").type("Varför ändras reglerna?", "Ett prov.")
    for name, value in numbers.items():
        draft.put(f"numbers.{name}.value", str(value)).put(f"numbers.{name}.because", "Ett prov.")
    return draft


def proposed(web: Web, **numbers: int) -> Page:
    """The page of a proposal that was laid before the others, with its examples moved."""
    page = changed(web, **numbers).press("Lägg fram förslaget")
    if page.status == 422:
        page = page.draft().tick("Så ska det vara. Flytta exemplen.").press("Lägg fram förslaget")
    assert page.status == 200, page.text
    return page


def name(page: Page) -> str:
    return page.path.rpartition("/")[2]


def approval(web: Web, version: str, *, minutes: int = 5) -> Draft:
    draft = web.as_(VIVI).open(f"/rules/versions/{version}").draft()
    when = web.world.clock() + timedelta(minutes=minutes, hours=1)
    return draft.type("Dag", f"{when:%Y-%m-%d}").type("Klockslag", f"{when:%H.%M}")


def test_whoever_changes_a_number_must_say_why(web: Web) -> None:
    page = changed(web).put("numbers.flera.value", "4").press("Lägg fram förslaget")

    assert page.status == 422
    assert "det gamla skälet gäller det gamla talet" in page.text


def test_an_example_that_a_number_overturns_is_shown_and_moved_only_when_somebody_says_so(
    web: Web,
) -> None:
    page = changed(web, flera=4).press("Lägg fram förslaget")
    assert page.status == 422
    assert "Exempel som säger tvärtom nu" in page.text
    assert "manga-svarigheter-hos-barnet slår till" in page.text

    proposal = page.draft().tick("Så ska det vara. Flytta exemplen.").press("Lägg fram förslaget")

    assert "Förslaget är framlagt" in proposal.text
    assert "Filen är sund" in proposal.text


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("level: röd", "level: rod", '"rod" finns inte; välj grön, orange eller röd'),
        ("handle_within: 4 h", "handle_within: 5 h", "lovar 5 h men fristen hantering är 4 h"),
        ("rules:\n", "rules: [\n", "Regelfilen är inte riktig YAML"),
    ],
)
def test_a_fault_in_the_text_is_told_with_its_line_and_what_was_typed_stays(
    web: Web, old: str, new: str, sentence: str
) -> None:
    draft = changed(web)
    text = draft.value("text")

    page = draft.put("text", text.replace(old, new, 1)).press("Lägg fram förslaget")

    assert page.status == 422
    assert sentence in page.text
    assert page.draft().value("label") == "2027.1"
    assert new.strip() in page.draft().value("text")


def test_a_stricter_number_raises_and_needs_nothing_ticked(web: Web) -> None:
    page = proposed(web, flera=4)

    assert "Bara strängare" in page.text
    assert "Grön blir ◆ Orange höjning" in page.text
    assert "Godkänn versionen" not in page.text, "who wrote it may not approve it"
    assert "Någon annan än du behöver godkänna den." in page.text
    done = approval(web, name(page)).press("Godkänn versionen")
    assert "Versionen är godkänd" in done.text
    assert "Godkänd och väntar." in done.text


def test_every_way_in_which_it_lowers_is_ticked_before_it_is_approved(web: Web) -> None:
    version = name(proposed(web, litet_barn=4))

    page = approval(web, version).press("Godkänn versionen")
    assert page.status == 422
    assert "Förslaget sänker nivån på sätt som" in page.text

    draft = approval(web, version).check_all("ticked")
    assert "Versionen är godkänd" in draft.press("Godkänn versionen").text


def test_a_version_cannot_take_effect_sooner_than_every_computer_has_read_it(web: Web) -> None:
    version = name(proposed(web, flera=4))

    page = approval(web, version, minutes=0).press("Godkänn versionen")

    assert page.status == 422
    assert "minst en minut fram" in page.text


def test_a_proposal_is_rejected_with_a_reason_and_an_approval_is_withdrawn_in_time(
    web: Web,
) -> None:
    first = name(proposed(web, flera=4))
    page = web.as_(VIVI).open(f"/rules/versions/{first}")
    assert page.draft().press("Avvisa förslaget").status == 422
    done = page.draft().type("Varför?", "Nej.").press("Avvisa förslaget")
    assert "Avvisad av Vivi" in done.text
    assert "Nej." in web.as_(GRY).open("/rules/versions").text

    second = name(proposed(web, manga=6))
    waiting = approval(web, second, minutes=30).press("Godkänn versionen")
    withdrawn = waiting.draft().type("Varför?", "Ångrat.").press("Dra tillbaka")
    assert "Godkännandet är tillbakadraget" in withdrawn.text
    assert "Godkännandet drogs tillbaka av Vivi" in withdrawn.text


def test_the_replay_shows_each_case_by_number_and_the_look_is_logged(web: Web) -> None:
    (red,) = register(web.world.office, MIRA, report(answers=RED))
    (raised,) = register(web.world.office, MIRA, report(answers=LITTLE))
    version = name(proposed(web, litet_barn=12))

    page = web.as_(VIVI).open(f"/rules/versions/{version}/replay")

    assert page.status == 200
    assert "2 tidigare anmälningar" in page.text
    assert "Elliot" not in page.response.text
    assert "1 höjs, 0 sänks" in page.text
    changes = page.table("Anmälningar").text
    assert raised.registered.number in changes
    assert red.registered.number not in changes
    last = max(web.world.store.access.items())[1]
    assert (last.account_id, len(last.case_ids)) == (VIVI.id, 2)


class Wrong(ColumnConcerns):
    """Past concerns of which the columns say that nothing has changed, whatever has."""

    def compared(self, old: RuleSet, new: RuleSet, *, today: date) -> TwoVersions:
        return super().compared(old, old, today=today)


def test_a_replay_in_which_the_engines_differ_gives_no_result_and_is_loud(web: Web) -> None:
    register(web.world.office, MIRA, report(answers=LITTLE))
    version = name(proposed(web, litet_barn=12))
    tools = replace(desk(web.world).rule_tools, gather=Wrong.of)
    client = enter(replace_desk(web, tools), VIVI)

    with capture_logs() as logs:
        answer = client.get(f"/rules/versions/{version}/replay")

    assert answer.status_code == 500
    assert "Inget resultat" in answer.text
    assert {"event": "rules.columns_differ", "count": 1, "log_level": "error"} in logs


def replace_desk(web: Web, tools: RuleTools) -> Web:
    """The same world behind a desk with other tools."""
    web.app = create_app(replace(desk(web.world), rule_tools=tools))
    return web


def test_a_version_goes_in_shadow_and_stops(web: Web) -> None:
    version = name(proposed(web, flera=4))
    page = web.as_(RUT).open(f"/rules/versions/{version}")

    running = page.draft().press("Låt versionen gå i skugga")
    assert "0 klassningar" in running.text
    ended = running.draft().press("Avsluta skuggan")

    assert "Skuggan är avslutad" in ended.text


def test_a_trial_answers_with_level_interval_and_reasons_and_keeps_nothing(web: Web) -> None:
    page = web.as_(MIRA).open("/rules/trial")
    assert "◆ Orange föreslås" in page.text

    draft = page.draft().put("answers.vald_mot_barnet.value", "ja").put("facts.alder", "3")
    answer = draft.press("Visa vad reglerna svarar")

    assert "▲ Röd föreslås" in answer.text
    assert "● Grön utesluten" in answer.text
    assert "litet barn" in answer.text
    assert answer.draft().value("facts.alder") == "3"
    assert not web.world.store.journal


def test_a_wrong_fact_in_a_trial_is_told_at_its_field(web: Web) -> None:
    draft = web.as_(MIRA).open("/rules/trial").draft().put("facts.alder", "tre")

    page = draft.press("Visa vad reglerna svarar")

    assert page.status == 422
    assert "Skriv ett heltal 0–130, eller lämna tomt." in page.text


def test_orange_is_what_is_proposed_when_a_school_knows_of_exploitation(web: Web) -> None:
    draft = web.as_(MIRA).open("/rules/trial").draft()
    for question in ORANGE:
        draft.put(f"answers.{question}.value", "ja")

    assert "◆ Orange föreslås" in draft.press("Visa vad reglerna svarar").text


def test_a_proposal_is_tried_out_and_compared_with_any_other_by_those_who_decide(web: Web) -> None:
    first, second = proposed(web, flera=4), proposed(web, flera=3)

    trial = web.as_(VIVI).open(f"/rules/trial?version={name(second)}")
    assert "Version som inte gäller än" in trial.text
    draft = trial.draft()
    for question in ("bristande_regelefterlevnad", "bristande_sjalvkontroll", "lattstyrd"):
        draft.put(f"answers.{question}.value", "ja")
    assert "◆ Orange föreslås" in draft.press("Visa vad reglerna svarar").text
    assert web.as_(MIRA).open(f"/rules/trial?version={name(second)}").status == 403

    page = web.as_(VIVI).open(f"/rules/versions/{name(second)}?base={name(first)}")
    assert f"Skillnaden mot version {name(first)}" in page.text
    assert "Godkänn versionen" not in page.text, "what is approved is compared with what governs"


def test_an_old_case_is_explained_by_the_rules_that_made_it(web: Web) -> None:
    (case,) = register(web.world.office, MIRA, report(answers=RED))
    before = web.as_(MIRA).open(f"/cases/{case.id}")
    changed_text = rewrite(read(), {("version",): "2099.1"})
    web.world.rulebook = live(parse(changed_text))
    assert case.classified
    assert web.world.rulebook.version != case.classified.classification.rules_version

    after = web.as_(MIRA).open(f"/cases/{case.id}")

    assert "Varför inte lägre" in before.text
    assert "Varför inte lägre" in after.text


def test_a_proposal_waits_on_the_start_page_of_those_who_may_answer_it(web: Web) -> None:
    version = name(proposed(web, flera=4))

    start = web.as_(VIVI).open("/")

    assert version in start.table("Regler att ta ställning till").text
    assert version not in web.as_(GRY).open("/").text
    approval(web, version).press("Godkänn versionen")
    assert "Godkänd och väntar" in start.visitor.open("/").text


@pytest.mark.parametrize("typed", ["9" * 5000, "٦", "-1", "131"])
def test_a_number_that_is_none_is_told_at_its_field_however_long(web: Web, typed: str) -> None:
    trial = web.as_(MIRA).open("/rules/trial").draft().put("facts.alder", typed)
    draft = changed(web).put("numbers.litet_barn.value", typed.replace("131", "x"))

    assert trial.press("Visa vad reglerna svarar").status == 422
    page = draft.press("Lägg fram förslaget")
    assert page.status == 422
    assert "Skriv ett heltal." in page.text
