"""What holds for every test: how hypothesis searches, and where stores come from."""

import gc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A slow machine is no fault in the program, and a failure must be the same the next time.
settings.register_profile(
    "project",
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("project")

HERE = Path(__file__).parent
WITHOUT_STORES = {
    ("conformance",),
    ("rules",),
    ("rules_case",),
    ("rules_slow",),
    ("shape",),
    ("workflows",),
}


def pytest_configure(config: pytest.Config) -> None:
    """Stores take a second to load, and the inner floors are tested without them."""
    chosen = [Path(argument.partition("::")[0]).resolve() for argument in config.args]
    if not all(HERE in path.parents and folder(path) in WITHOUT_STORES for path in chosen):
        config.pluginmanager.import_plugin("tests.stores")


def folder(path: Path) -> tuple[str, ...]:
    return path.relative_to(HERE).parts[:1]


def pytest_collection_finish() -> None:
    """What is loaded stays; the garbage collector need not go through it again and again."""
    gc.freeze()
