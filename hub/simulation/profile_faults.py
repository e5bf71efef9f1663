"""What is wrong with a profile, told by field in Swedish."""

from collections.abc import Iterator

from pydantic import ValidationError

from hub.simulation.profile import Profile

_WORDS = {
    "missing": "saknas",
    "extra_forbidden": "finns inte i en profil",
    "greater_than": "ska vara större än {gt}",
    "greater_than_equal": "ska vara minst {ge}",
    "less_than_equal": "ska vara högst {le}",
    "too_short": "ska ha minst {min_length}",
    "too_long": "ska ha högst {max_length}",
    "literal_error": "ska vara {expected}",
    "finite_number": "ska vara ett tal",
}


class WrongProfile(Exception):
    """The profile has faults; each is a sentence."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        self.sentences = sentences
        super().__init__(*sentences)


def read_profile(values: object) -> Profile:
    """The profile that `values` state; raises WrongProfile with every fault."""
    try:
        return Profile.model_validate(values)
    except ValidationError as error:
        raise WrongProfile(tuple(_sentences(error))) from None


def _sentences(error: ValidationError) -> Iterator[str]:
    for fault in error.errors():
        where = ".".join(map(str, fault["loc"])) or "profilen"
        if fault["type"] == "value_error":
            yield f"{where}: {fault['ctx']['error']}"
        else:
            words = _WORDS.get(fault["type"], "har ett värde som inte går att använda")
            yield f"{where}: {words.format(**fault.get('ctx', {}))}"
