"""The handover as people read it: nothing that was said is left out, and who said it stands by."""

from dataclasses import replace

import pytest

from rules import events as ev
from rules.answer import Value
from rules.case import Case
from rules.concern import Child, Protected, Related, Sibling
from rules.engines.reasons import Passage
from rules.level import Level
from rules.statement import AnswerKind, DecisionKind, Dissent
from tests.rules_case import happenings as it
from workflows.document import document_of

POLICY = it.CALENDAR.policy
EARLIER = Related(
    case_id="x",
    number="MH-2025-00007",
    relation="samma barn",
    received_at=it.RECEIVED,
    level="grön",
    outcome="inte_inleda",
)
FIRST = replace(
    it.registered(),
    child=Child(name="Alva", protected=Protected.YES),
    siblings=(Sibling(name="Alvin"), Sibling()),
    related=(EARLIER, replace(EARLIER, outcome=None)),
)
ASKED = ev.InformationRequested(
    at=it.after(16), by=it.BY, request_id="b1", party="skola", act="hämta", question="Närvaro?",
    ground="samtycke", gate="hamta-under-forhandsbedomning",
)  # fmt: skip
DISSENT = Dissent(name="Vera", unit="vuxen", opinion="Orange räcker.")
NEED = replace(it.protected(), needed=True, measures="Jourhem i natt.")
EVERYTHING = it.case_of(
    it.classified(),
    it.answered(vald_mot_barnet=Value.YES),
    NEED,
    it.level_set(),
    replace(it.level_set(Level.ORANGE), proposed_by="konto-Nora", reason="Samlat."),
    ASKED,
    replace(ASKED, request_id="b2", act="lämna", party="okand_part", ground="SoL 20:5-6"),
    ev.InformationReceived(
        at=it.after(17), by=it.BY, request_id="b1", nothing_known=False, statements=(it.said(),)
    ),
    it.called("barn", "ungdom", "nedlagd"),
    it.answer("barn", AnswerKind.KNOWN),
    it.met(),
    it.mapped(),
    replace(it.assessed(), dissents=(DISSENT,)),
    replace(it.decided(), presenters=("Oskar",), participants=("Bea",), without_hub="Brådska."),
    ev.NoteAdded(at=it.after(185), by=it.BY, about_seq=1, nature="invändning", text="Bestrids."),
    first=FIRST,
)


def written(case: Case) -> str:
    document = document_of(case, POLICY, {"vald_mot_barnet": "Finns uppgift om våld?"}, sources={})
    return "\n".join(
        f"{entry.text} | {entry.source}"
        for chapter in document.chapters
        for entry in chapter.entries
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Skyddade personuppgifter: ja",
        "Syskon: Alvin, född okänt",
        "Syskon: namn okänt, född okänt",
        "MH-2025-00007, samma barn, inkommen 2026-03-10 kl. 09.00, nivå grön, inte inleda",
        "inte beslutat",
        "Alva är rädd. | anmälaren",
        "Barnet behöver omedelbart skydd.",
        "Skydd: Jourhem i natt.",
        "Finns uppgift om våld? ja | skola",
        "Sänkt av två personer till orange. Samlat.",
        "Begärt av Skola: Närvaro? | Samtycke från den uppgiften rör (OSL 10:1, 12:2)",
        "Lämnat till okand_part: Närvaro? | SoL 20:5-6",
        "Sågs på torget. (faktum om sammanhanget, neutral) | Skola: journal",
        "Sågs på torget. (faktum om sammanhanget, neutral) | Barn och familj: journal",
        "Ungdom: har inte svarat",
        "nedlagd: har inte svarat",
        "Hölls utan svar från Ungdom",
        "Bor hos mormor. (faktum) | Bea",
        "Skiljaktig: Orange räcker. | Vera, vuxen",
        "Beslutat av Mira med delegation inleda_utredning",
        "Föredragande: Oskar",
        "Medverkade: Bea",
        "Beslutat utan hubbmöte: Brådska.",
        "Invändning: Bestrids.",
    ],
)
def test_everything_that_was_said_is_read_with_who_said_it(sentence: str) -> None:
    assert sentence in written(EVERYTHING)


def test_why_the_level_is_no_other_stands_with_its_reasons() -> None:
    passage = Passage("why_not_red", "Varför inte röd", ("Ingen regel stämmer.", "Ett ja ger röd."))

    document = document_of(EVERYTHING, POLICY, {}, sources={}, levels=(passage,))

    (chapter,) = (it for it in document.chapters if it.heading == "Nivå och skäl")
    texts = [entry.text for entry in chapter.entries]
    assert "Varför inte röd: Ingen regel stämmer. Ett ja ger röd." in texts


def test_that_a_party_had_nothing_is_said() -> None:
    nothing = ev.InformationReceived(at=it.after(17), by=it.BY, request_id="b1", nothing_known=True)

    assert "Skola har inget att lämna" in written(it.case_of(ASKED, nothing))


def test_a_decision_with_nobody_else_names_nobody_else() -> None:
    text = written(it.case_of(it.decided(DecisionKind.NOT_OPEN)))

    assert "Inte inleda utredning. Våld." in text
    assert "Föredragande" not in text
    assert "Medverkade" not in text


def test_a_protected_child_marks_the_whole_document_and_so_does_not_knowing() -> None:
    assert document_of(EVERYTHING, POLICY, {}, sources={}).protected
    assert document_of(it.case_of(), POLICY, {}, sources={}).protected


@pytest.mark.parametrize(
    ("law", "source", "written"),
    [
        (None, "s1:475-480", "underlaget ”Att förebygga”, rad 475–480"),
        ("SoL 14:2", "s1:475-480", "SoL 14:2"),
        (None, None, "regel-röd"),
    ],
)
def test_what_a_rule_rests_on_is_written_out(
    law: str | None, source: str | None, written: str
) -> None:
    before = it.classified()
    said = before.classification
    found = tuple(replace(one, law=law, source=source) for one in said.findings)
    case = it.case_of(replace(before, classification=replace(said, findings=found)))

    chapters = document_of(case, POLICY, {}, sources={"s1": "Att förebygga"}).chapters
    (level,) = (one for one in chapters if one.heading == "Nivå och skäl")
    assert written in [entry.source for entry in level.entries]
