"""Headers on every answer: nothing from elsewhere, no framing, nothing kept by a cache."""

import json
from collections.abc import Iterator, Mapping, MutableMapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
STATIC = "/static/"
LARGEST_BODY = 2_000_000
TOO_LARGE = (
    "Det som skickades är för stort och inget är sparat."
    " Gå tillbaka med webbläsarens bakåtknapp och dela upp texten."
)
TOO_LARGE_PROBLEM = {
    "type": "/problems/too-large",
    "title": "Kroppen är för stor.",
    "status": 413,
    "detail": "Kroppen är för stor.",
}
_DIGITS = 18


class SecureHeaders:
    """Adds the headers, and takes no body that is larger than any form."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and put the headers on its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(scope, message)
            await send(message)

        if _announced_size(scope) > LARGEST_BODY:
            for message in _too_large(scope):
                await send_with_headers(message)
            return
        await self._app(scope, receive, send_with_headers)

    def _add(self, scope: Scope, message: MutableMapping[str, object]) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in ALWAYS.items():
            headers.setdefault(name, value)
        if self._https:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if scope["path"].startswith(STATIC):
            headers["Cache-Control"] = "public, max-age=3600"
        else:
            headers["Cache-Control"] = "no-store"


def _too_large(scope: Scope) -> Iterator[Message]:
    kind, body = "text/plain; charset=utf-8", TOO_LARGE
    if scope["path"].startswith("/api/"):
        kind, body = "application/problem+json", json.dumps(TOO_LARGE_PROBLEM, ensure_ascii=False)
    headers = [(b"content-type", kind.encode())]
    yield {"type": "http.response.start", "status": 413, "headers": headers}
    yield {"type": "http.response.body", "body": body.encode()}


def _announced_size(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value[:_DIGITS])
    return 0
