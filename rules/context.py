"""A context: the place, event or network that several children share, as written and as matched."""

import re
import unicodedata
from datetime import date

from rules.personal_number import NotAPersonalNumber, normalise

LONGEST = 100

_NUMBER = re.compile(r"(?<!\d)\d{6}(?:\d{2})?[-+]?\d{4}(?!\d)", re.ASCII)
# Letters, the marks on them, and digits; soft hyphens and other unseen signs are no spaces.
_KEPT, _UNSEEN = ("L", "M", "N"), "Cf"


def tidy(text: str | None) -> str | None:
    """As it is kept and shown: one space between words; None when nothing is written."""
    return " ".join(text.split()) or None if text else None


def key(text: str) -> str:
    """What two ways of writing the same context have in common; empty when nothing is left.

    Case, accents put together in other ways, punctuation and the number of spaces do not count.
    """
    seen = "".join(sign for sign in text if unicodedata.category(sign) != _UNSEEN)
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", seen).casefold())
    words = (sign if unicodedata.category(sign)[0] in _KEPT else " " for sign in folded)
    return " ".join("".join(words).split())


def fault(text: str, on: date) -> str | None:
    """What is wrong with a context, in a sentence that does not repeat it."""
    if not key(text):
        return "Skriv platsen, händelsen eller nätverket med bokstäver eller siffror."
    if len(text) > LONGEST:
        return f"Skriv kortare: högst {LONGEST} tecken."
    if any(_is_personal(found[0], on) for found in _NUMBER.finditer(text)):
        return "Skriv inget personnummer här, bara platsen, händelsen eller nätverket."
    return None


def _is_personal(digits: str, on: date) -> bool:
    try:
        normalise(digits, on)
    except NotAPersonalNumber:
        return False
    return True
