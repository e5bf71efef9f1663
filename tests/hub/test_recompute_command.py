"""`hub rules recompute` on a real database: all is as it was, until somebody has been at it."""

import json
from pathlib import Path

from sqlalchemy import Engine, text

from tests.hub.test_commands import CONCERN, Hub, in_this_process

UNLOCK = "ALTER TABLE journal DISABLE TRIGGER journal_is_append_only"
LOCK = "ALTER TABLE journal ENABLE ALWAYS TRIGGER journal_is_append_only"
LOWERED = """
UPDATE journal
SET event = replace(event, '"level":"orange","possible"', '"level":"grön","possible"')
WHERE kind = 'classified'
"""
hub = in_this_process


def test_what_was_tampered_with_is_told_and_ends_with_one(
    hub: Hub, postgres_engine: Engine, owner: Engine, tmp_path: Path
) -> None:
    given = {"HUB_DATABASE_URL": postgres_engine.url.render_as_string(hide_password=False)}
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps(CONCERN), "utf-8")
    assert hub("import", str(file), given=given).returncode == 0

    whole = hub("rules", "recompute", given=given)
    with owner.begin() as connection:
        connection.execute(text(UNLOCK))
        assert connection.execute(text(LOWERED)).rowcount == 1
        connection.execute(text(LOCK))
        number = connection.scalar(text("SELECT number FROM cases"))
    broken = hub("rules", "recompute", "--case", str(number), "--json", given=given)
    unknown = hub("rules", "recompute", "--case", "MH-2020-00001", given=given)

    assert (whole.returncode, whole.stdout) == (
        0,
        "Klassningar räknade om: 1. Likadana som då: 1.\n",
    )
    told = json.loads(broken.stdout)
    assert broken.returncode == 1
    assert (told["count"], told["unlike"][0]["case"]) == (1, number)
    assert "level (grön i journalen, orange nu)" in told["unlike"][0]["what"]
    assert unknown.returncode == 1
    assert "Det finns inget ärende" in unknown.stderr
