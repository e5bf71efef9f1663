"""What is proved of versions of the rules, proved once: a version never changes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from hub.remembered import Remembered
from rules.language.fault import Path
from rules.language.ruleset import RulesFile
from rules.proofs.change import Difference
from rules.proofs.difference import difference
from workflows.past_concerns import Gather
from workflows.rulecheck import Report, report

_MOST = 32

Found = TypeVar("Found")


class Once(Generic[Found]):
    """Remembers the last answers by version; a proof takes seconds, and a page may not."""

    def __init__(self, prove: Callable[..., Found]) -> None:
        self._prove = prove
        self._known: Remembered[Found] = Remembered(_MOST)

    def __call__(self, *files: RulesFile) -> Found:
        """What is proved of the file, or of the files in that order."""
        versions = tuple(file.version for file in files)
        return self._known.of(versions, lambda: self._prove(*files))


Row = Mapping[str, object]
Rewrite = Callable[[str, Mapping[Path, int | str | Sequence[Row]]], str]


@dataclass(frozen=True, slots=True)
class RuleTools:
    """What the pages about versions work with; `rewrite` changes values in the text of a file."""

    rewrite: Rewrite
    proved: Callable[[RulesFile], Report]
    difference: Callable[[RulesFile, RulesFile], Difference]
    gather: Gather


def rule_tools(rewrite: Rewrite, gather: Gather) -> RuleTools:
    """Tools of their own for one program: what one has proved the others prove for themselves."""
    return RuleTools(rewrite, Once(report), Once(difference), gather)
