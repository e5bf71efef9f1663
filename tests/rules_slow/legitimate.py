"""Which changes of a rules file are no mistakes that anybody could see: rules about fields."""

from rules.clock_policy import ClockPolicy, Postponement, Rung
from rules.language.shape import Amount, Fact, LevelPromise, Parameter, PrecautionShape, RuleShape
from rules.policy import GatePolicy, OccasionPolicy, Policy, UnitPolicy
from rules.slot_policy import RoomPolicy, SlotPolicy
from tests.rules_slow.mutants import NAMES, Mutant

SHAPES = (
    Amount, ClockPolicy, Fact, GatePolicy, LevelPromise, OccasionPolicy, Parameter, Policy,
    Postponement, PrecautionShape, RoomPolicy, RuleShape, Rung, SlotPolicy, UnitPolicy,
)  # fmt: skip

# A field that need not be there; and in a condition what has a meaning when it is left out.
OPTIONAL = {
    field.alias or name
    for shape in SHAPES
    for name, field in shape.model_fields.items()
    if not field.is_required()
} | {"if_unknown", "area", "kind"}
# Text that a person writes as they like.
FREE = {
    "name", "ask", "from", "because", "law", "source", "note", "unit", "requires", "opens", "gate",
    "ground", "link",
}  # fmt: skip
# What names the thing that it stands in: another name, and nothing points to the old one.
NAMED = {"id", "rule", "version"}
NUMBERS = {"value", "min", "max", "below", "at_least"}
CHOICES = {"hub", "allowed", "same_board", "more_is_risk", "if_unknown", "equals"}
EXAMPLES = {"fires", "silent"}


def legitimate(mutant: Mutant) -> bool:
    """True for what says something else, and is a rules file all the same."""
    path, last = mutant.path, mutant.path[-1]
    in_example = bool(EXAMPLES & set(path[:-1]))
    in_names = len(path) >= 2 and path[-2] in NAMES
    match mutant.kind:
        case "removed":
            # A level without a length of its own has the shortest.
            left_out = isinstance(last, int) or in_example or in_names or path[-2:-1] == ("length",)
            return last in OPTIONAL or left_out
        case "null":
            return last in OPTIONAL - {"if_unknown", "area", "kind"} or in_example
        case "misnamed":
            return in_names
        case "text" | "misspelt" | "shortened":
            is_text = last in FREE | NAMED or in_names or path[0] == "never_inputs"
            return isinstance(mutant.was, str) and is_text
        case "number":
            was_number = isinstance(mutant.was, int) or mutant.was == _parameter(mutant)
            return was_number and (last in NUMBERS or in_example)
        case "true":
            return isinstance(mutant.was, bool) and (last in CHOICES or in_example)
        case "empty list":
            return last in OPTIONAL and isinstance(mutant.was, list)
        case "empty mapping":
            return isinstance(mutant.was, dict) and (last in OPTIONAL or _is_example(mutant))
        case "mapping":
            return isinstance(mutant.was, dict) and last in NAMES
        case "list":
            return path[0] == "never_inputs"
    return False


def _parameter(mutant: Mutant) -> object:
    """The number by its name, if that is what stood there."""
    was = mutant.was
    return was if isinstance(was, dict) and was.keys() == {"parameter"} else None


def _is_example(mutant: Mutant) -> bool:
    """A whole example: the empty one says that nothing is known."""
    return len(mutant.path) >= 2 and mutant.path[-2] in EXAMPLES
