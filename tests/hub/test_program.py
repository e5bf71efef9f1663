"""The program as it is started: what it says on the way up, what it does, and how it ends."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from typing import cast
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from scripts.running import free_port
from tests.smtp import SmtpServer

ROOT = Path(__file__).parents[2]
HUB = (sys.executable, "-c", "from hub.cli import app; app()")
NOTHING: Mapping[str, str] = {}
SECRET = "kR4-9vXq2LmZ7tYbN1cWj8HsPdEfGa3U"
Program = subprocess.Popen[str]
PASSWORD = {"NEW_PASSWORD": "vinter åska stubbe"}
CONCERN = {
    "id": "rad-1",
    "received_at": "2026-03-10T08:55:00+01:00",
    "channel": "telefon",
    "reporter": {"kind": "skola"},
    "child": {"name": "Elliot Vråkberg", "personal_number": "20160514-9895"},
    "text": "Han vågar inte gå hem.",
    "answers": {
        "vald_mot_barnet": {"value": "ja", "source": "skola"},
        "vagar_inte_ga_hem": {"value": "ja", "source": "barnet"},
    },
}


def surroundings(settings: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    return {**kept, "PYTHONPATH": str(ROOT), **settings}


def hub(
    *words: str, given: Mapping[str, str] = NOTHING, folder: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*HUB, *words],
        check=False,
        cwd=folder,
        env=surroundings(given),
        capture_output=True,
        text=True,
        timeout=120,
    )


@contextmanager
def running(
    *words: str, given: Mapping[str, str] = NOTHING, folder: Path = ROOT
) -> Iterator[Program]:
    process = subprocess.Popen(
        [*HUB, *words],
        cwd=folder,
        env=surroundings(given),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def answer(port: int, path: str) -> tuple[int, str]:
    """The status and the text, as soon as somebody answers."""
    until = monotonic() + 60
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as response:
                return response.status, response.read().decode()
        except HTTPError as refused:
            return refused.code, refused.read().decode()
        except (URLError, ConnectionError):
            if monotonic() > until:
                raise
            sleep(0.1)


def is_closed(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) != 0


def serving(port: int, smtp: int, database: str) -> dict[str, str]:
    return {
        "HUB_BASE_URL": f"http://127.0.0.1:{port}",
        "HUB_DATABASE_URL": database,
        "HUB_MAIL_FROM": "hubben@kommun.example",
        "HUB_PORT": str(port),
        "HUB_SECRET_KEY": SECRET,
        "HUB_SMTP_URL": f"smtp://127.0.0.1:{smtp}",
    }


class Mailbox:
    """Receives, and remembers what was said."""

    def __init__(self) -> None:
        self.received: list[str] = []
        self.arrived = Event()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.received.append(cast(bytes, envelope.content).decode())
        self.arrived.set()
        return "250 OK"


@pytest.fixture(name="smtp")
def of_a_real_server() -> Iterator[tuple[Mailbox, int]]:
    mailbox, port = Mailbox(), free_port()
    server = SmtpServer(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    yield mailbox, port
    server.stop()


def test_everything_that_is_missing_is_told_by_name_and_nothing_is_served() -> None:
    port = free_port()

    done = hub(
        "serve", "--port", str(port), given={"HUB_DATABASE_URL": "mysql://x/y", "HUB_PROT": "1"}
    )

    assert done.returncode == 1
    assert done.stdout == ""
    told = [line.split(":")[0] for line in done.stderr.splitlines()]
    assert told == [
        "HUB_BASE_URL",
        "HUB_DATABASE_URL",
        "HUB_PROT",
        "HUB_SECRET_KEY",
        "HUB_SMTP_URL",
    ]
    assert is_closed(port)


def test_a_broken_rules_file_is_told_by_line_and_nothing_is_served(
    tmp_path: Path, postgres_url: str
) -> None:
    rules = tmp_path / "egna.yaml"
    text = (ROOT / "rules.yaml").read_text("utf-8")
    rules.write_text(text.replace("level: röd", "level: lila", 1), "utf-8")
    line = text[: text.index("level: röd")].count("\n") + 1
    port = free_port()

    done = hub("serve", given={"HUB_RULES": str(rules), **serving(port, 25, postgres_url)})

    assert done.returncode == 1
    assert f"egna.yaml rad {line}," in done.stderr
    assert is_closed(port)


def test_a_served_hub_watches_its_clocks_and_tells_by_mail_and_ends_when_told(
    tmp_path: Path, postgres_url: str, smtp: tuple[Mailbox, int]
) -> None:
    mailbox, smtp_port = smtp
    port = free_port()
    settings = serving(port, smtp_port, postgres_url)
    hub(
        "users", "add", "mira", "--name", "Mira L", "--role", "mottagning",
        "--unit", "mottagning", "--email", "mira@kommun.example",
        given={"HUB_DATABASE_URL": postgres_url, **PASSWORD},
    )  # fmt: skip

    with running("serve", given=settings) as process:
        status, ready = answer(port, "/health/ready")
        received = datetime.now(UTC) - timedelta(minutes=45)
        line = {**CONCERN, "id": "sent", "received_at": received.isoformat()}
        file = tmp_path / "en.jsonl"
        file.write_text(json.dumps(line), "utf-8")
        hub("import", str(file), given={"HUB_DATABASE_URL": postgres_url})
        assert mailbox.arrived.wait(60)
        _, measured = answer(port, "/metrics")
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)

    assert status == 200
    assert json.loads(ready)["worker"] is True
    assert "hub_sweep_lateness_seconds_count" in measured
    assert process.returncode == 0
    assert f"http://127.0.0.1:{port}" in out
    everything = "".join(mailbox.received)
    assert "MH-" in everything
    for secret in ("Elliot", "Vr=C3=A5kberg", "9895", "g=C3=A5 hem"):
        assert secret not in everything
        assert secret not in err
    events = [json.loads(text)["event"] for text in err.splitlines()]
    assert "deadline.passed" in events


def test_a_worker_on_its_own_works_until_told_to_stop(
    postgres_url: str, smtp: tuple[Mailbox, int]
) -> None:
    settings = serving(free_port(), smtp[1], postgres_url)

    with running("work", given=settings) as process:
        assert process.stdout is not None
        assert "igång" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def test_rules_are_read_again_on_hangup_and_a_broken_file_leaves_the_old(
    tmp_path: Path, postgres_url: str, smtp: tuple[Mailbox, int]
) -> None:
    text = (ROOT / "rules.yaml").read_text("utf-8")
    rules = tmp_path / "rules.yaml"
    rules.write_text(text, "utf-8")
    port = free_port()
    settings = {**serving(port, smtp[1], postgres_url), "HUB_RULES": str(rules)}

    def after_hangup(process: Program, field: str, value: object) -> bool:
        process.send_signal(signal.SIGHUP)
        until = monotonic() + 30
        while monotonic() < until:
            if str(value) in str(json.loads(answer(port, "/health/ready")[1])[field]):
                return True
            sleep(0.1)
        return False

    with running("serve", "--no-worker", given=settings) as process:
        answer(port, "/health/ready")
        rules.write_text(text.replace('version: "2026.1"', 'version: "2026.7"'), "utf-8")
        assert after_hangup(process, "rules_version", "2026.7")
        rules.write_text(text.replace("level: röd", "level: lila", 1), "utf-8")
        assert after_hangup(process, "rules_sound", False)
        assert "2026.7" in json.loads(answer(port, "/health/ready")[1])["rules_version"]


def test_a_port_that_is_taken_is_told(postgres_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = hub("serve", "--no-worker", given=serving(port, 25, postgres_url))

    assert done.returncode == 1
    assert "--port" in done.stderr


def test_a_demo_starts_from_nothing_and_is_never_laid_over_real_accounts(tmp_path: Path) -> None:
    port = free_port()
    with running("demo", "--port", str(port), folder=tmp_path) as process:
        status, _ = answer(port, "/health/ready")
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=30)
        assert process.returncode == 0

    verified = hub("verify", folder=tmp_path)
    with running("demo", "--fresh", "--port", str(port), folder=tmp_path) as process:
        answer(port, "/health/ready")
        process.send_signal(signal.SIGTERM)
        anew, _ = process.communicate(timeout=30)
    outwards = {
        **serving(port, 25, ""),
        "HUB_BASE_URL": "https://hubben.kommun.example",
    }
    del outwards["HUB_DATABASE_URL"]
    refused = hub("serve", folder=tmp_path, given=outwards)

    assert status == 200
    assert f"http://127.0.0.1:{port}" in out
    assert "prova-hubben" in out
    assert "Lägger in demokonton" in out
    assert "Lägger in demokonton" in anew
    assert "mottagning" in out
    assert (verified.returncode, verified.stdout) == (0, "Allt hänger ihop.\n")
    assert refused.returncode == 1
    assert "demokonton" in refused.stderr


def test_what_is_not_a_demo_is_never_thrown_away(tmp_path: Path) -> None:
    made = hub(
        "users", "add", "riktig", "--name", "R", "--role", "granskare",
        folder=tmp_path, given=PASSWORD,
    )  # fmt: skip

    done = hub("demo", "--fresh", "--port", str(free_port()), folder=tmp_path)

    assert made.returncode == 0, made.stderr
    assert done.returncode == 1
    assert "inte hör till demon" in done.stderr
