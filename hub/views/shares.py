"""A share in words, no surer than it is."""

from rules.share import Share


def share(found: Share) -> str:
    """`9 av 50: 18 % (10–31 %)`; with too few to speak of a share, only `2 av 7`."""
    counted = f"{found.count} av {found.of}"
    if not found.tellable:
        return counted
    low, high = found.interval
    return f"{counted}: {_percent(found.value)} % ({_percent(low)}–{_percent(high)} %)"


def _percent(value: float) -> str:
    return f"{100 * value:.0f}"
