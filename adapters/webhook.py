"""Messages to another program by signed web hooks, as Standard Webhooks 1.0.0 has them.

No personal data: what happened, in which case by number, in which clock and when that is due.
"""

import asyncio
import hashlib
import json
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

import httpx2

from adapters.hook_signature import signature, signing_key
from workflows.delivery_ports import Line, Message, PostFailed, Way


class WebHook:
    """Posts each message to `url`, signed with every one of `secrets`; the first 2xx is its end.

    The whole call takes at most `longest` seconds. Redirects are not followed, no proxy is used,
    and what the other program answers is neither read nor kept.
    """

    def __init__(
        self,
        url: str,
        *,
        secrets: Sequence[str],
        clock: Callable[[], datetime],
        longest: float = 10.0,
    ) -> None:
        self.longest = longest
        self._url = url
        self._keys = tuple(map(signing_key, secrets))
        self._clock = clock
        self._trust = ssl.create_default_context()

    @property
    def way(self) -> Way:
        """By web hook."""
        return Way.HOOK

    @contextmanager
    def line(self) -> Iterator[Line]:
        """Each message opens a connection of its own."""
        yield self

    def send(self, message: Message) -> None:
        """PostFailed tells the status or the kind of failure; never the address or the answer."""
        body = payload(message)
        headers = self._headers(hook_id(message.notice.key), body)
        try:
            status = asyncio.run(self._post(body, headers))
        except (httpx2.HTTPError, OSError) as error:
            raise PostFailed(type(error).__name__, line_lost=True) from None
        if not 200 <= status <= 299:
            raise PostFailed(f"HTTP {status}")

    def _headers(self, name: str, body: bytes) -> Mapping[str, str]:
        at = int(self._clock().timestamp())
        signed = (signature(key, body, name=name, at=at) for key in self._keys)
        return {
            "content-type": "application/json",
            "webhook-id": name,
            "webhook-timestamp": str(at),
            "webhook-signature": " ".join(signed),
        }

    async def _post(self, body: bytes, headers: Mapping[str, str]) -> int:
        client = httpx2.AsyncClient(
            verify=self._trust, timeout=self.longest, follow_redirects=False, trust_env=False
        )
        async with (
            asyncio.timeout(self.longest),
            client,
            client.stream("POST", self._url, content=body, headers=headers) as answer,
        ):
            return answer.status_code


def payload(message: Message) -> bytes:
    """What happened, as JSON; the same for the same message."""
    notice = message.notice
    told = {
        "type": notice.kind,
        "timestamp": notice.made_at.isoformat(),
        "data": {
            "case": message.number,
            "clock": notice.clock,
            "due_at": notice.due_at.isoformat() if notice.due_at else None,
            "key": hook_id(notice.key),
        },
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def hook_id(key: str) -> str:
    """The same for the same key, so that the receiver knows a repeated message."""
    return f"msg_{hashlib.sha256(key.encode()).hexdigest()[:40]}"
