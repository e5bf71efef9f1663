"""The signature of a web hook and the key it is made with, as Standard Webhooks 1.0.0 has them."""

import base64
import hmac

PREFIX = "whsec_"
SHORTEST_KEY, LONGEST_KEY = 24, 64


def signature(key: bytes, body: bytes, *, name: str, at: int) -> str:
    """Of id, time and body together, so that none of them can be exchanged."""
    signed = b".".join((name.encode(), str(at).encode(), body))
    return f"v1,{base64.b64encode(hmac.digest(key, signed, 'sha256')).decode()}"


def signing_key(secret: str) -> bytes:
    """The bytes of `whsec_…`; ValueError when it is not one."""
    if not secret.startswith(PREFIX):
        raise ValueError(f"börjar inte med {PREFIX}")
    key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    if not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
        raise ValueError(f"ska vara {SHORTEST_KEY} till {LONGEST_KEY} byte")
    return key
