"""What the program refuses, as a tree; each class's docstring is the sentence that a person reads.

Refusal                 expected: shown with its ground, nothing is written (409 or 422)
  Invalid               the input is wrong: which field, and what to do
  NotAllowed            the actor's role or delegation does not cover it
  GateClosed            a legal gate is shut: which rule, and which ground would open it
  ChangedMeanwhile      somebody else wrote to the case first
NotVisible              unknown and forbidden look the same (404)
"""

from collections.abc import Mapping


class Refusal(Exception):
    """Det går inte att göra så här i ärendet."""

    def __init__(self, sentence: str | None = None, *, law: str | None = None) -> None:
        self.sentence = sentence or (type(self).__doc__ or "").strip()
        self.law = law
        super().__init__(self.sentence)

    @property
    def kind(self) -> str:
        """The stable, machine-readable name of the refusal."""
        name = type(self).__name__
        return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


class Invalid(Refusal):
    """Uppgifterna går inte att ta emot."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__(" ".join(self.faults.values()))


class NotAllowed(Refusal):
    """Din behörighet omfattar inte detta."""


class GateClosed(Refusal):
    """Uppgiften får inte hämtas eller lämnas i det här skedet."""

    def __init__(self, sentence: str, *, gate: str, law: str | None, opens: str) -> None:
        super().__init__(sentence, law=law)
        self.gate = gate
        self.opens = opens


class ChangedMeanwhile(Refusal):
    """Ärendet ändrades av någon annan medan du skrev. Läs det nya och försök igen."""


class NotVisible(Exception):
    """Sidan eller ärendet finns inte."""
