"""Serves pages and API until told to stop; first what passed meanwhile, then the door opens."""

import gc
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from types import FrameType
from typing import Protocol

import uvicorn

from hub.app import create_app
from hub.desk import Desk
from hub.starting import CannotStart


class Clockwork(Protocol):
    """The scheduler, as far as serving knows it."""

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def run_until(self, stopped: Event) -> bool: ...


def serve(
    desk: Desk,
    *,
    host: str,
    port: int,
    clockwork: Clockwork | None,
    open_door: Callable[[str], None],
) -> None:
    """Serve `desk` on an address that is ours before anything is promised there."""
    door = _bind(host, port)
    config = uvicorn.Config(
        create_app(desk), log_config=None, access_log=False, server_header=False
    )
    if clockwork is not None:
        clockwork.start()
    try:
        open_door(address(host, port))
        uvicorn.Server(config).run(sockets=[door])
    finally:
        door.close()
        if clockwork is not None:
            clockwork.stop()


def address(host: str, port: int) -> str:
    """Where a browser finds it."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def settle() -> None:
    """What was read at the start lives as long as the process: the collector walks past it."""
    gc.collect()
    gc.freeze()


def work(clockwork: Clockwork) -> bool:
    """Be a clock worker until told to stop; False when it died and should be started anew."""
    stopped = Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda _sign, _frame: stopped.set())
    return clockwork.run_until(stopped)


@contextmanager
def told_to_leave() -> Iterator[None]:
    """SIGTERM ends the program as an ordinary exit, so that everything is closed in order."""
    before = signal.signal(signal.SIGTERM, _leave)
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(0)
    finally:
        signal.signal(signal.SIGTERM, before)


def reload_on_hangup(reload: Callable[[], None]) -> None:
    """SIGHUP reads the rules again; in a thread, since a handler may interrupt anything."""

    def heard(_sign: int, _frame: FrameType | None) -> None:
        Thread(target=reload, name="reload").start()

    signal.signal(signal.SIGHUP, heard)


def leave() -> None:
    """End this process as SIGTERM from outside would: in order, answering what has begun."""
    os.kill(os.getpid(), signal.SIGTERM)


def _leave(_sign: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        door = socket.create_server((host, port), family=family)
        # Inherited by each connection: an answer in two parts does not wait for an acknowledgement.
        door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return door
    except OSError as error:
        reason = f"Det går inte att lyssna på {host}, port {port} ({type(error).__name__})."
        raise CannotStart([f"{reason} Är porten upptagen? Välj en annan med --port."]) from None
