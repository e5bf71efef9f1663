"""Why the program does not start, or does not go on: sentences for the person who started it."""

from collections.abc import Iterable


class CannotGoOn(Exception):
    """The process has stopped itself: what it works on has been changed beneath it."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(self.sentences))


class CannotStart(Exception):
    """Something is missing or wrong; nothing is served."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(self.sentences))
