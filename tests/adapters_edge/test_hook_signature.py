"""A web hook is signed so that any library for Standard Webhooks knows it, and no other one."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.hook_signature import signature, signing_key

# The example of the standard's own libraries.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NAME, AT = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330
BODY = b'{"test": 2432232314}'


def test_the_signature_is_that_of_the_standards_own_example() -> None:
    found = signature(signing_key(SECRET), BODY, name=NAME, at=AT)

    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(st.binary(min_size=1), st.text("abc_", min_size=1), st.integers(1, 2**40))
def test_id_time_body_and_key_are_all_signed(body: bytes, name: str, at: int) -> None:
    key = signing_key(SECRET)
    found = signature(key, body, name=name, at=at)

    assert found == signature(key, body, name=name, at=at)
    assert found != signature(key, body + b" ", name=name, at=at)
    assert found != signature(key, body, name=name + "d", at=at)
    assert found != signature(key, body, name=name, at=at + 1)
    assert found != signature(bytes(24), body, name=name, at=at)


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "hemligt",
        base64.b64encode(bytes(24)).decode(),
        "whsec_åäö",
        "whsec_" + base64.b64encode(bytes(23)).decode(),
        "whsec_" + base64.b64encode(bytes(65)).decode(),
    ],
)
def test_what_is_no_secret_or_a_short_one_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        signing_key(secret)
