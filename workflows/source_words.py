"""What a rule or a clock rests on, in words: `s1:475-480` is lines of a source with a title."""

from collections.abc import Iterable, Mapping

from rules.engines.phrases import together
from rules.language.crosscheck import PRACTICE


def in_words(ground: str, titles: Mapping[str, str]) -> str:
    """The sources by their titles, and common practice as such; a law or a sentence as it is."""
    lines: dict[str, list[str]] = {}
    said: list[str] = []
    for part in ground.split(", "):
        key, _, place = part.partition(":")
        if key in titles:
            lines.setdefault(key, []).extend([place.replace("-", "–")] if place else [])
        else:
            said.append("vanlig praxis i mottagningen" if part == PRACTICE else part)
    told = (f"”{titles[key]}”{_on(places)}" for key, places in lines.items())
    return "; ".join(filter(None, (", ".join(said), _sources(tuple(told)))))


def _on(places: Iterable[str]) -> str:
    found = together(tuple(places))
    return f", rad {found}" if found else ""


def _sources(told: tuple[str, ...]) -> str:
    if not told:
        return ""
    return f"{'underlagen' if told[1:] else 'underlaget'} {'; '.join(told)}"
