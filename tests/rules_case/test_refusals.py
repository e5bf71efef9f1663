"""A refusal has a name that a program can go by and a sentence that a person can."""

from collections.abc import Iterator

import pytest

from rules.assessing import ProtectionFirst
from rules.errors import Invalid, NotAllowed, Refusal
from rules.feedback import AnonymousReporter


def every(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    yield kind
    for inner in kind.__subclasses__():
        yield from every(inner)


@pytest.mark.parametrize(
    ("refusal", "kind"),
    [
        (NotAllowed(), "not-allowed"),
        (ProtectionFirst(), "protection-first"),
        (AnonymousReporter(), "anonymous-reporter"),
        (Invalid({"text": "Skriv något."}), "invalid"),
    ],
)
def test_the_name_of_a_refusal_is_its_words_with_hyphens(refusal: Refusal, kind: str) -> None:
    assert refusal.kind == kind


def test_no_two_refusals_have_the_same_name() -> None:
    names = [kind.__name__ for kind in every()]

    assert len(names) == len(set(names))


def test_a_refusal_says_its_own_sentence_unless_told_another() -> None:
    assert str(NotAllowed()) == "Din behörighet omfattar inte detta."
    assert str(NotAllowed("Be enhetschefen.")) == "Be enhetschefen."


def test_what_is_invalid_says_all_that_is_wrong() -> None:
    assert str(Invalid({"a": "Skriv a.", "b": "Skriv b."})) == "Skriv a. Skriv b."
