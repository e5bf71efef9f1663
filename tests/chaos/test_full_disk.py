"""A disk that is full: told to whoever asks, nothing lost, and well again when there is room."""

from collections.abc import Iterator

import pytest

from rules.people import Actor
from tests.chaos.full_disk import AWAY, KEPT, Story, full_disk
from tests.chaos.narrow import held_server
from tests.people import MIRA


@pytest.fixture(scope="module", name="story")
def that_has_been_filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    with held_server() as server, full_disk(server, tmp_path_factory.mktemp("disk")) as story:
        story.fill()
        yield story


def test_a_concern_that_finds_no_room_is_not_said_to_be_kept(story: Story) -> None:
    refused = story.refused

    assert refused is not None
    assert refused.status == AWAY
    assert refused.body["type"] == "/problems/store-unavailable"
    assert "Inget har sparats" in refused.body["detail"]


def test_what_was_kept_until_then_can_be_read_as_before(story: Story) -> None:
    assert len(story.kept) > 1
    assert story.hub.ask(*reading(story)).status == 200


def test_the_hub_shows_that_it_is_not_well(story: Story) -> None:
    assert story.shown["faults"] == ["sweep"]
    assert story.shown["findings"]["oskrivna-fristbrott"] > 0


def test_when_there_is_room_everything_is_caught_up_and_nothing_has_been_lost(
    story: Story,
) -> None:
    assert story.recover()
    assert story.told[-1].status == KEPT
    assert story.faults == []


def reading(story: Story) -> tuple[Actor, str]:
    return MIRA, f"/cases/{min(story.kept)}"
