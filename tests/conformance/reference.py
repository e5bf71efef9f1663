"""What docs/rules.md says, written down a second time: slow, and from the file as it stands.

It shares nothing with the program: it reads the rules as text, knows no syntax tree, and tries all
ways to answer. The written expectations of the cases are held against it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

Truth = bool | None
Said = Mapping[str, bool]
Facts = Mapping[str, Any]

LEVELS = ("grön", "orange", "röd")
# A nej that only they give is no nej.
HOME = ("barnet", "vardnadshavare")
# So many open questions that rules read are tried in every way.
MOST_OPEN = 12


@dataclass(frozen=True, slots=True)
class Reading:
    """The rules of one day."""

    tree: Mapping[str, Any]
    day: str

    def outcome(self, facts: Facts, said: Said) -> tuple[str, list[str], list[str]] | None:
        """Level, findings and interval; None when too much is open to be tried."""
        findings = [rule for rule in self._rules() if self._fires(rule, facts, said) is True]
        completions = list(self._completions(said))
        if not completions:
            return None
        low = min(self._top(facts, it, maybe=False) for it in completions)
        high = max(self._top(facts, it, maybe=True) for it in completions)
        level = max([low, *(LEVELS.index(rule["level"]) for rule in findings)])
        ends = [LEVELS[low], LEVELS[max(high, level)]]
        return LEVELS[level], [rule["rule"] for rule in findings], ends

    def _top(self, facts: Facts, said: Said, *, maybe: bool) -> int:
        """The highest level of what holds, or (`maybe`) of what an unknown fact leaves open."""
        held = (True, None) if maybe else (True,)
        rules = (rule for rule in self._rules() if self._fires(rule, facts, said) in held)
        return max((LEVELS.index(rule["level"]) for rule in rules), default=0)

    def _completions(self, said: Said) -> Iterator[Said]:
        open_ = [it["id"] for it in self.tree["indicators"] if it["id"] not in said]
        read = [name for name in open_ if self._is_read(name)]
        if len(read) > MOST_OPEN:
            return
        rest = dict.fromkeys(open_, False)
        for values in product((True, False), repeat=len(read)):
            yield {**rest, **dict(zip(read, values, strict=True)), **said}

    def _is_read(self, name: str) -> bool:
        return any(name in self._names(rule.get("when")) for rule in self._rules())

    def _names(self, when: Any) -> set[str]:
        if isinstance(when, str):
            return {when}
        if isinstance(when, list):
            return set().union(*map(self._names, when))
        if isinstance(when, Mapping) and "of" in when:
            return set(self._chosen(when["of"]))
        return set().union(*map(self._names, when.values())) if isinstance(when, Mapping) else set()

    def _rules(self) -> list[Mapping[str, Any]]:
        """Those in force, in the order of the file, the precaution last."""
        precaution = self.tree.get("precaution")
        every = [*self.tree["rules"], *([{**precaution, "nothing": ""}] if precaution else [])]
        return [rule for rule in every if self._in_force(rule)]

    def _in_force(self, item: Mapping[str, Any]) -> bool:
        return str(item.get("valid_from", "0")) <= self.day <= str(item.get("valid_until", "9"))

    def _fires(self, rule: Mapping[str, Any], facts: Facts, said: Said) -> Truth:
        when = self._truth(rule["when"], facts, said) if "when" in rule else True
        if "nothing" not in rule:
            return when
        risks = [it["id"] for it in self.tree["indicators"] if it["kind"] == "risk"]
        return _all([not any(name in said for name in risks), when])

    def _truth(self, when: Any, facts: Facts, said: Said) -> Truth:
        if isinstance(when, str):
            return said.get(when)
        if "not" in when:
            part = self._truth(when["not"], facts, said)
            return None if part is None else not part
        if "all" in when:
            return _all([self._truth(part, facts, said) for part in when["all"]])
        if "any" in when:
            return _any([self._truth(part, facts, said) for part in when["any"]])
        if "of" in when:
            return self._counted(when, said)
        return self._compared(when, facts)

    def _counted(self, when: Mapping[str, Any], said: Said) -> Truth:
        answers = [said.get(name) for name in self._chosen(when["of"])]
        need = self._number(when["at_least"])
        if answers.count(True) >= need:
            return True
        return None if answers.count(True) + answers.count(None) >= need else False

    def _chosen(self, of: Any) -> list[str]:
        if isinstance(of, list):
            return of
        if "group" in of:
            return list(self.tree["groups"][of["group"]])
        kind, area = of.get("kind", "risk"), of.get("area")
        return [
            it["id"]
            for it in self.tree["indicators"]
            if it["kind"] == kind and area in (None, it["area"])
        ]

    def _number(self, raw: Any) -> int:
        if isinstance(raw, str):
            return int(raw)
        parameter = self.tree["parameters"][raw["parameter"]]
        amounts = parameter.get("values", [parameter])
        return int(next(it["value"] for it in amounts if self._in_force(it)))

    def _compared(self, when: Mapping[str, Any], facts: Facts) -> Truth:
        value = facts.get(when["fact"])
        if value is None:
            return True if when.get("if_unknown") == "true" else None
        if "equals" in when or "in" in when:
            words = when["in"] if "in" in when else [when["equals"]]
            return (str(value).lower() if isinstance(value, bool) else value) in words
        if "before" in when:
            return bool(value < when["before"])
        if "from" in when:
            return bool(value >= when["from"])
        if "below" in when:
            return bool(value < self._number(when["below"]))
        return bool(value >= self._number(when["at_least"]))


def counts(answers: Mapping[str, tuple[str, str]]) -> dict[str, bool]:
    """Of value and source, the answers that count: True for ja, False for nej."""
    return {
        name: value == "ja"
        for name, (value, source) in answers.items()
        if value == "ja" or (value == "nej" and source not in HOME)
    }


def _all(parts: list[Truth]) -> Truth:
    return False if False in parts else None if None in parts else True


def _any(parts: list[Truth]) -> Truth:
    return True if True in parts else None if None in parts else False
