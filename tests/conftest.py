"""What holds for every test: how hypothesis searches, and where stores come from."""

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

pytest_plugins = ["tests.stores"]
