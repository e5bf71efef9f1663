"""Another version of the program: this one copied, with one more step of the schema."""

import re
import shutil
from itertools import pairwise
from pathlib import Path

from adapters.fitting import HEAD
from tests.shape.source import FLOORS, ROOT

_STEP = '''"""What the next version adds."""

from alembic import op

revision = "{revision}"
down_revision = "{before}"
{says}

def upgrade() -> None:
    op.get_bind().exec_driver_sql("CREATE TABLE of_{revision} (nothing TEXT)")
'''


def later(folder: Path, steps: int, *, older_may_stay: bool) -> Path:
    """A program `steps` steps ahead of this one; its last step lets older programs stay or not."""
    for floor in FLOORS:
        skipped = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / floor, folder / floor, ignore=skipped)
    shutil.copy(ROOT / "rules.yaml", folder)
    heads = [f"{int(HEAD) + step:04d}" for step in range(steps + 1)]
    for number, (before, head) in enumerate(pairwise(heads), 1):
        stays = number < steps or older_may_stay
        says = "older_may_stay = True\n" if stays else ""
        file = folder / "adapters" / "migrations" / "versions" / f"v{head}_later.py"
        file.write_text(_STEP.format(revision=head, before=before, says=says), "utf-8")
    fitting = folder / "adapters" / "fitting.py"
    text, count = re.subn(
        r'^HEAD = ".*"$', f'HEAD = "{heads[-1]}"', fitting.read_text("utf-8"), flags=re.M
    )
    assert count == 1
    fitting.write_text(text, "utf-8")
    return folder
