"""A run as plain values for another program; numbers of cases, never words about anybody."""

from collections.abc import Sequence
from dataclasses import asdict

from hub.simulation.profile import Profile
from hub.simulation.results import Result
from hub.simulation.staffing import Staffing

Plain = dict[str, object]


def plain(result: Result, found: Sequence[Staffing], profile: Profile) -> Plain:
    """Everything that the tables tell, and the profile that it rests on; lengths in hours."""
    return {
        "invented": True,
        "profile": profile.model_dump(mode="json"),
        "seed": result.seed,
        "days": result.days,
        "arrived": result.arrived,
        "unregistered": result.unregistered,
        "levels": {level.value: count for level, count in result.levels.items()},
        "steps": [asdict(it) for it in result.steps],
        "breaches": [asdict(it) for it in result.breaches],
        "units": [asdict(it) for it in result.units],
        "meetings": asdict(result.meetings),
        "load": [asdict(it) for it in result.load],
        "decided_by_hour": [asdict(it) for it in result.decided_by_hour],
        "outages": [
            {
                "since": outage.since.isoformat(),
                "until": outage.until.isoformat(),
                "passed": [
                    {"case": it.number, "clock": it.name, "due_at": it.due_at.isoformat()}
                    for it in outage.passed
                ],
            }
            for outage in result.outages
        ],
        "mails": result.mails,
        "promise": {**asdict(result.kept), "holds": result.kept.holds},
        "staffing": [_staffing(it) for it in found],
    }


def _staffing(found: Staffing) -> Plain:
    return {
        "goal": found.goal,
        "reached": found.reached,
        "proved": found.proved,
        "share": found.share,
        "interval": [found.low, found.high],
        "searched_share": found.searched_share,
        "runs": found.tries,
        "blocks": [block.model_dump(mode="json") for block in found.blocks],
    }
