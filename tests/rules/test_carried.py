"""What an older case has and a newer version does not know stops nothing, and lowers as little."""

from hypothesis import given
from hypothesis import strategies as st

from rules.answer import Answer, Value
from rules.engines.carried import carried_answers, carried_facts
from rules.language.syntax import Scalar
from tests.rules import shipped

WORDS = shipped.file().ruleset.words
LOW, HIGH = WORDS.facts["alder"].span


@given(number=st.integers(), limit=st.integers(LOW + 1, HIGH))
def test_a_number_beyond_the_ends_passes_every_limit_as_before(number: int, limit: int) -> None:
    carried = carried_facts(WORDS, {"alder": number})["alder"]

    assert isinstance(carried, int)
    assert LOW <= carried <= HIGH
    assert (carried >= limit) == (number >= limit)


def test_what_the_version_does_not_have_is_left_out_or_unknown() -> None:
    facts: dict[str, Scalar | None] = {
        "alder": True,
        "anmalartyp": "avskaffad",
        "syskon_aktuella": True,
        "borta": 1,
    }
    yes = Answer(Value.YES, "skola")

    assert carried_facts(WORDS, facts) == {
        "alder": None,
        "anmalartyp": None,
        "syskon_aktuella": True,
    }
    assert carried_answers(WORDS, {"hotbild": yes, "borta": yes}) == {"hotbild": yes}
