"""The shape of the code, held by machine and not by memory."""

from importlib.metadata import packages_distributions

import pytest

from tests.shape import checks, source


@pytest.mark.parametrize("file", list(source.sources()), ids=lambda file: file.path)
def test_a_file_has_the_agreed_shape(file: source.Source) -> None:
    faults = [f"{check.__name__}: {fault}" for check in checks.CHECKS for fault in check(file)]

    assert faults == []


def test_a_template_fits_on_two_screens() -> None:
    long = [path for path, text in source.templates() if not checks.is_short_template(text)]

    assert long == []


def test_no_kept_file_names_a_machine_or_a_registry() -> None:
    named = {
        file.relative_to(source.ROOT).as_posix(): words
        for file in source.kept_files()
        if (words := checks.machine_words(file.read_text("utf-8", errors="replace")))
    }

    assert named == {}


def test_the_locks_hold_hashes_and_no_addresses() -> None:
    locks = sorted(source.ROOT.glob("requirements*.lock"))

    assert [lock.name for lock in locks] == [
        "requirements-build.lock",
        "requirements-dev.lock",
        "requirements.lock",
    ]
    for lock in locks:
        text = lock.read_text("utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text


def test_our_names_are_ours_alone() -> None:
    owners = packages_distributions()

    for name in source.FLOORS:
        assert set(owners.get(name, ())) <= {"mash-hubben"}
