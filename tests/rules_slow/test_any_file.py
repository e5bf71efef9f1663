"""Whatever stands in a rules file, it is read, or refused with sentences; it never crashes."""

import copy
import random
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from adapters.rulesfile import parse
from rules.language.fault import Unreadable, Unsound
from rules.language.ruleset import RulesFile, build
from tests.rules import shipped

JUNK: tuple[Any, ...] = (
    None, True, -1, 0, 10**40, 1.5, "", " ", "ja", "röd", "alder", "kon", "hotbild", "\ud800",
    [], {}, [[1]], [None], [{}], {"a": 1}, {"": []}, {"fact": "alder"}, {"all": 3},
    {"fact": ["x"], "in": [1]},
    {"all": [[]]}, {"not": {}}, {"at_least": {"parameter": []}, "of": {"group": []}},
    {"at_least": 1, "of": [[1]]}, {"at_least": 1, "of": {"kind": {}, "area": []}},
    {"fact": "anmalartyp", "in": [[1]]}, {"fact": "alder", "below": 7, "if_unknown": []},
)  # fmt: skip


def places(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    return [path] * bool(path) + [
        place for key, value in inner for place in places(value, (*path, key))
    ]


def spoil(tree: Any, draw: random.Random) -> None:
    path = draw.choice(places(tree))
    for key in path[:-1]:
        tree = tree[key]
    junk = copy.deepcopy(draw.choice(JUNK))
    if isinstance(tree, dict) and draw.random() < 0.2:
        tree[draw.choice(("x", "rule", "when", "kind"))] = junk
    elif draw.random() < 0.2:
        del tree[path[-1]]
    else:
        tree[path[-1]] = junk


def said(read: Callable[[], RulesFile]) -> list[str]:
    """The version of a file that could be read, or what was said of it."""
    try:
        return [read().version]
    except Unreadable as unreadable:
        return [str(unreadable)]
    except Unsound as unsound:
        return [fault.sentence("rules.yaml") for fault in unsound.faults] or [""]


@pytest.mark.parametrize("seed", range(8))
def test_a_spoilt_file_is_read_or_refused_in_sentences(seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(60):
        tree = copy.deepcopy(dict(shipped.file().tree))
        for _ in range(draw.randrange(1, 4)):
            spoil(tree, draw)

        assert said(partial(build, tree, {})) != [""]


@pytest.mark.parametrize("seed", range(4))
def test_a_torn_file_is_read_or_refused(seed: int) -> None:
    draw = random.Random(seed)
    text = (shipped.ROOT / "rules.yaml").read_text("utf-8")
    for _ in range(40):
        cut = draw.randrange(len(text))
        torn = (
            text[:cut] + draw.choice(":[]{},- '\"#&*!\x00é\t\n") + text[cut + draw.randrange(9) :]
        )

        assert said(partial(parse, torn)) != [""]
