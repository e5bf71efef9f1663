"""The last answers to questions whose answers never change."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Found = TypeVar("Found")


class Remembered(Generic[Found]):
    """Keeps `most` answers, the last ones asked for; safe to share between threads.

    Two that ask the same at once may both find out; neither waits for the other.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._known: OrderedDict[Hashable, Found] = OrderedDict()

    def of(self, key: Hashable, find: Callable[[], Found]) -> Found:
        """The answer that is known, or else what `find` gives."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        found = find()
        with self._lock:
            self._known[key] = found
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return found
