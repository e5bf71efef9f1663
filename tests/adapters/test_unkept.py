"""Signs that a store cannot keep are refused before any store, in the same words on both."""

from dataclasses import replace

import pytest

from rules.concern import Child, Reporter, ReporterKind, Sibling
from rules.errors import Invalid
from tests.people import MIRA, Hands, Ids, office, report, reported, rules
from tests.stores import WorkFactory
from workflows import assessing
from workflows.registering import register

SIGNS = ["\0", "\x1b", "\x7f", "\x9b", "\ud800"]


@pytest.mark.parametrize("sign", SIGNS)
def test_each_text_of_a_report_is_named_and_nothing_is_registered(
    store_factory: WorkFactory, sign: str
) -> None:
    hub = office(store_factory, Hands(), Ids(), rules())
    text = f"a{sign}b"
    child = reported(Child(name=text), siblings=(Sibling(name=text),))
    given = replace(
        report(child, reference=text),
        text=text,
        title=text,
        reporter=Reporter(kind=ReporterKind.SCHOOL, name=text, contact=text),
    )

    with pytest.raises(Invalid) as told:
        register(hub, MIRA, given)

    assert set(told.value.faults) == {
        "reporter.name", "reporter.contact", "title", "text", "reference",
        "children.1.name", "children.1.siblings.1.name",
    }  # fmt: skip
    assert sign not in " ".join(told.value.faults.values())
    (case,) = register(hub, MIRA, report())
    with pytest.raises(Invalid) as told:
        assessing.add_note(hub, MIRA, case.id, text=text)
    assert list(told.value.faults) == ["text"]


def test_what_people_paste_is_kept_as_it_is(store_factory: WorkFactory) -> None:
    hub = office(store_factory, Hands(), Ids(), rules())
    text = "Rad\tett\r\nrad två\x0b\x0c\x85 😢 å ﬁ \u200b\u202e محمد"

    (case,) = register(hub, MIRA, replace(report(), text=text))

    with store_factory() as work:
        (first, *_) = work.journal.read(case.id)
    assert getattr(first, "text", "") == text
