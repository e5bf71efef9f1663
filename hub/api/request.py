"""A request whose JSON means one thing: no name twice, no number that is none, one form of å."""

import json
import unicodedata
from http import HTTPStatus
from typing import Any

from fastapi import Request
from starlette.exceptions import HTTPException

from hub.headers import LARGEST_BODY


class PlainRequest(Request):
    """Reads its body once and strictly; JSON itself would take the last of two equal names."""

    _read: bytes | None = None

    async def body(self) -> bytes:
        """The body, unless it is larger than any; one sent in pieces tells no size beforehand."""
        if self._read is None:
            read = bytearray()
            async for piece in self.stream():
                read += piece
                if len(read) > LARGEST_BODY:
                    raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            self._read = bytes(read)
        return self._read

    async def json(self) -> Any:
        """The body; what is not plain is as malformed as what is no JSON."""
        try:
            text = (await self.body()).decode()
        except UnicodeDecodeError as error:
            raise _malformed("inte UTF-8") from error
        return json.loads(
            unicodedata.normalize("NFC", text),
            object_pairs_hook=_once,
            parse_constant=_refused,
        )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _malformed("ett namn står två gånger")
    return found


def _refused(_word: str) -> Any:
    raise _malformed("ett tal som inte är något tal")


def _malformed(why: str) -> json.JSONDecodeError:
    return json.JSONDecodeError(why, "", 0)


def plain(request: Request) -> PlainRequest:
    """The same request, read strictly."""
    return PlainRequest(request.scope, request.receive)
