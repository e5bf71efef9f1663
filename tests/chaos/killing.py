"""Plays the whole story on a database, dying at every commit of every act.

`python -m tests.chaos.killing DATABASE_URL FOLDER [--alive]` prints the deaths as JSON. It is a
process of its own, since one with threads should not be the parent of others by fork.
"""

import gc
import json
import sys
from pathlib import Path

from adapters.database import normalise
from adapters.logs import set_up_logs
from tests.chaos import story_of_cases, story_of_the_house, story_of_the_watch
from tests.chaos.place import Place
from tests.chaos.survivors import Survivors
from tests.chaos.warm import warm
from tests.hub.web import desk
from tests.people import World


def play(url: str, folder: Path, *, kill: bool) -> Survivors:
    """The story from its first act to its last."""
    survivors = Survivors(Place(normalise(url), folder), kill=kill)
    _warm()
    survivors.play(story_of_the_house.before())
    survivors.play(story_of_cases.acts())
    survivors.play(story_of_the_house.after())
    survivors.play(story_of_the_watch.acts())
    return survivors


def _warm() -> None:
    """What every act would make anew is made once, before they part."""
    warm()
    desk(World())
    story_of_the_house.warm()
    gc.freeze()


if __name__ == "__main__":
    set_up_logs(sys.stderr)
    played = play(sys.argv[1], Path(sys.argv[2]), kill="--alive" not in sys.argv)
    json.dump(played.deaths, sys.stdout)
