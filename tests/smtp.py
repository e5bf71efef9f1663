"""A real SMTP server that hangs up before it stops: no later test finds a line left open."""

import asyncio
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

# A line that is broken off says so within the next turns of the loop.
_TURNS = 5


class SmtpServer(Controller):
    """aiosmtpd's own, which would close its loop under whatever is still connected."""

    def __init__(self, handler: object, **how: Any) -> None:
        self._lines: list[SMTP] = []
        super().__init__(handler, **how)

    def factory(self) -> SMTP:
        """A new connection."""
        line: SMTP = super().factory()  # type: ignore[no-untyped-call]
        self._lines.append(line)
        return line

    def stop(self, no_assert: bool = False) -> None:
        """Break off what is connected, then stop."""
        asyncio.run_coroutine_threadsafe(self._hang_up(), self.loop).result(timeout=10)
        super().stop(no_assert)

    async def _hang_up(self) -> None:
        for line in self._lines:
            if line.transport is not None:
                line.transport.abort()  # type: ignore[attr-defined]
        for _ in range(_TURNS):
            await asyncio.sleep(0)
