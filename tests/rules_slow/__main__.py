"""`python -m tests.rules_slow`: every single mistake in the rules file, and what is said of it.

The tests try each kind of mistake at each sort of place; this tries all of them, for minutes.
"""

import sys

from tests.rules_slow.legitimate import legitimate
from tests.rules_slow.mutants import SECTIONS, faults, mutants


def main() -> int:
    """How many there were, and what was accepted that should not have been."""
    count = sound = wrong = 0
    for section in SECTIONS:
        for mutant in mutants(section):
            accepted = not faults(mutant)
            count, sound = count + 1, sound + accepted
            if accepted and not legitimate(mutant):
                wrong += 1
                sys.stdout.write(f"godtas: {mutant.kind} {mutant.path}\n")
    sys.stdout.write(f"{count} ändringar: {sound} säger något annat, {wrong} godtas fel.\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
