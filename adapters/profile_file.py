"""Reads the profile of a simulation, and the examples that its concerns are drawn from."""

from importlib.resources import files
from pathlib import Path

import yaml

_SHIPPED = files("hub") / "simulation" / "profile.yaml"
_EXAMPLES = "concerns.jsonl"


class UnreadableProfile(Exception):
    """The file cannot be read; the sentence says why."""


def profile_values(path: Path | None = None) -> object:
    """The plain values of the profile at `path`, or of the shipped one."""
    try:
        text = path.read_text("utf-8") if path else _SHIPPED.read_text("utf-8")
        values: object = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableProfile(f"Profilen går inte att läsa ({type(error).__name__}).") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" rad {mark.line + 1}" if mark else ""
        raise UnreadableProfile(f"Profilen är inte riktig YAML{line}.") from error
    return values


def example_lines() -> list[str]:
    """The examples in the project, or those in the installed package."""
    root = Path(str(files("hub"))).parent
    found = root / "examples" / _EXAMPLES
    source = found if found.is_file() else files("hub") / "simulation" / _EXAMPLES
    try:
        return source.read_text("utf-8").splitlines()
    except OSError as error:
        raise UnreadableProfile("Exemplen på anmälningar finns inte.") from error
