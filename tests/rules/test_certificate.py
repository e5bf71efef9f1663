"""The certificate beside rules.yaml says what proving it gives; nothing else is called proved."""

import dataclasses
import json
from datetime import date

from rules.language.fault import Fault
from rules.language.period import ALWAYS
from rules.language.syntax import All, Answered, AtLeast, Not
from rules.level import Level
from rules.proofs.certificate import certificate
from rules.proofs.check import Check, Obligation
from rules.proofs.proof import CHECKS, outcome, prove
from rules.proofs.search import Unproved
from rules.proofs.subject import subject
from tests.rules import language, shipped
from workflows.rulecheck import report

A = Answered("a")
WHOLE = (
    language.rule("två", Level.ORANGE, AtLeast(2, language.QUESTIONS)),
    language.rule("fyra", Level.RED, AtLeast(4, language.QUESTIONS)),
)
NEVER = language.rule("aldrig", Level.RED, All((A, Not(A))))


def messages(faults: tuple[Fault, ...]) -> list[str]:
    return [fault.message for fault in faults]


def test_the_certificate_of_the_shipped_rules_is_what_proving_them_gives() -> None:
    """Made anew with `make certificate` when rules.yaml or z3 has changed."""
    found = report(shipped.file())

    kept = (shipped.ROOT / "rules.certificate.json").read_text("utf-8")
    assert found.certificate.text() == kept
    assert found.faults == ()
    assert json.loads(kept)["sound"] is True


def test_every_check_stands_in_the_certificate_with_what_it_came_to() -> None:
    file = shipped.file()
    ruleset = language.ruleset([*WHOLE, NEVER])
    proof = prove(ruleset)

    paper = json.loads(certificate(file, proof, sound=False).text())

    results = {line["name"]: line["result"] for line in paper["checks"]}
    assert list(results) == [check.name for check in CHECKS]
    assert results["kan-slå-till"] == "motbevisat"
    assert results["kan-vara-tyst"] == "bevisat"
    assert paper["sha256"].startswith(file.version.rpartition("-")[2])
    assert all(line["obligations"] for line in paper["checks"] if "uppgifter" not in line["name"])


def test_what_z3_did_not_decide_is_a_fault_and_never_called_proved() -> None:
    proof = prove(language.ruleset(WHOLE), steps=1)

    assert {outcome.proved for outcome in proof.outcomes} == {False}
    assert set(messages(proof.faults)) == {
        "gick inte att bevisa inom gränserna; gör villkoren enklare, eller dela regeln"
    }
    lines = json.loads(certificate(shipped.file(), proof, sound=False).text())["checks"]
    assert {line["result"] for line in lines} == {"inte avgjort"}


def test_one_thing_that_is_too_hard_does_not_stop_the_others() -> None:
    def too_hard() -> None:
        raise Unproved

    obligations = (Obligation(("rules", 0), too_hard), Obligation(("rules", 1), lambda: None))
    check = Check("prov", "Ett prov.", grave=False, obligations=lambda _: obligations)

    found = outcome(check, [(ALWAYS, subject(language.ruleset(WHOLE)))])

    assert (found.obligations, found.proved, found.flaws) == (2, False, ())
    assert [fault.path for fault in found.unproved] == [("rules", 0)]


def test_a_flaw_on_some_days_only_says_which_and_is_told_once() -> None:
    later = dataclasses.replace(NEVER, valid_from=date(2027, 1, 1))

    proof = prove(language.ruleset([*WHOLE, later]))

    assert [str(period) for period in proof.periods] == [
        "till och med 2026-12-31",
        "från och med 2027-01-01",
    ]
    (message,) = messages(proof.faults)
    assert message.startswith("villkoret kan aldrig bli sant")
    assert message.endswith("(gäller från och med 2027-01-01)")


def test_days_before_every_rule_have_nothing_to_prove() -> None:
    rules = [dataclasses.replace(rule, valid_from=date(2027, 1, 1)) for rule in WHOLE]

    assert [str(it) for it in prove(language.ruleset(rules)).periods] == ["från och med 2027-01-01"]


def test_a_remark_does_not_make_a_file_unsound() -> None:
    proof = prove(
        language.ruleset([*WHOLE, language.rule("smal", Level.RED, AtLeast(5, language.QUESTIONS))])
    )

    assert proof.faults == ()
    assert any("avgör aldrig något" in message for message in messages(proof.remarks))
