"""What never changes is found out once, and only the last answers are kept."""

from hub.remembered import Remembered


def test_an_answer_is_found_out_once_and_the_one_asked_for_longest_ago_gives_way() -> None:
    found: list[str] = []
    remembered: Remembered[str] = Remembered(most=2)

    def find(key: str) -> str:
        found.append(key)
        return key.upper()

    def ask(key: str) -> str:
        return remembered.of(key, lambda: find(key))

    assert [ask(key) for key in "abaaca"] == list("ABAACA")
    assert found == ["a", "b", "c"]
    assert ask("b") == "B"
    assert found == ["a", "b", "c", "b"]
