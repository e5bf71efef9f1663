"""Why the program does not start: sentences for the person who started it."""

from collections.abc import Iterable


class CannotStart(Exception):
    """Something is missing or wrong; nothing is served."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(self.sentences))
