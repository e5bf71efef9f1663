"""Settings: everything wrong is told by name, at once, before anything is served."""

from pathlib import Path

import pytest

from adapters.settings import SettingsFault, read_settings

HOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
SECRET = "kR4-9vXq2LmZ7tYbN1cWj8HsPdEfGa3U"


def faults(environment: dict[str, str], *needs: str) -> dict[str, str]:
    with pytest.raises(SettingsFault) as caught:
        read_settings(environment, needs=needs)
    return caught.value.faults


def test_nothing_set_gives_the_embedded_database_on_this_machine() -> None:
    settings = read_settings({"PATH": "x"})

    assert settings.database_url is None
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.rules is None
    assert settings.var == Path("var")
    assert settings.mail_from == "hubben@127.0.0.1"


def test_what_is_set_is_taken() -> None:
    settings = read_settings(
        {
            "HUB_BASE_URL": "https://hubben.kommun.se/",
            "HUB_DATABASE_URL": "postgresql://hub:x@db/hub",
            "HUB_MAIL_FROM": "barn@kommun.se",
            "HUB_PORT": "8080",
            "HUB_RULES": "egna/rules.yaml",
            "HUB_SECRET_KEY": SECRET,
            "HUB_SMTP_URL": "smtp+starttls://u:p@post.kommun.se:587",
            "HUB_VAR": "data",
        }
    )

    assert settings.base_url == "https://hubben.kommun.se"
    assert (settings.port, settings.rules, settings.var) == (
        8080,
        Path("egna/rules.yaml"),
        Path("data"),
    )


def test_two_secrets_sign_side_by_side_while_the_receiver_changes_from_one_to_the_other() -> None:
    both = f"{HOOK_SECRET} {HOOK_SECRET}AAAA"
    settings = read_settings(
        {"HUB_WEBHOOK_URL": "http://127.0.0.1:9000/hubben", "HUB_WEBHOOK_SECRET": both}
    )

    assert settings.webhook_secrets == tuple(both.split())
    assert "whsec_" not in repr(settings)


def test_a_web_hook_has_both_an_address_and_a_secret_or_neither() -> None:
    assert list(faults({"HUB_WEBHOOK_URL": "https://larm.kommun.se/"})) == ["HUB_WEBHOOK_SECRET"]
    assert list(faults({"HUB_WEBHOOK_SECRET": HOOK_SECRET})) == ["HUB_WEBHOOK_URL"]
    assert read_settings({}).webhook_url is None


def test_every_fault_is_told_at_once_and_by_name() -> None:
    found = faults(
        {
            "HUB_DATABASE_URL": "mysql://db/hub",
            "HUB_PORT": "åttatusen",
            "HUB_SMTP_URL": "post.kommun.se",
        },
        "HUB_SECRET_KEY",
        "HUB_BASE_URL",
    )

    assert sorted(found) == [
        "HUB_BASE_URL",
        "HUB_DATABASE_URL",
        "HUB_PORT",
        "HUB_SECRET_KEY",
        "HUB_SMTP_URL",
    ]
    assert "saknas" in found["HUB_SECRET_KEY"]
    assert "postgresql://" in found["HUB_DATABASE_URL"]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("HUB_BASE_URL", "hubben", "hubbens adress"),
        ("HUB_WEBHOOK_URL", "larm.kommun.se", "adressen som tar emot"),
        ("HUB_WEBHOOK_URL", "http://larm.kommun.se/hubben", "https://"),
        ("HUB_WEBHOOK_URL", "https://u:p@larm.kommun.se/", "inloggningsuppgifter"),
        ("HUB_WEBHOOK_SECRET", "hemligt", "whsec_"),
        ("HUB_WEBHOOK_SECRET", f"{HOOK_SECRET} whsec_kort", "whsec_"),
        ("HUB_BASE_URL", "http://hubben.kommun.se", "https://"),
        ("HUB_BASE_URL", "https://hubben.kommun.se/mash", "ingen sökväg"),
        ("HUB_BASE_URL", "https://[fel", "hubbens adress"),
        ("HUB_DATABASE_URL", "postgresql://db", "databasens namn"),
        ("HUB_DATABASE_URL", "postgresql://db:x/hub", "postgresql://"),
        ("HUB_SMTP_URL", "smtp://u:hemligt@post.kommun.se", "okrypterat"),
        ("HUB_SECRET_KEY", "kort", "för kort"),
        ("HUB_SECRET_KEY", "a" * 40, "slumpad"),
        ("HUB_MAIL_FROM", "Hubben <hubben@kommun.se>", "e-postadress"),
        ("HUB_PORT", "70000", "portnummer"),
        ("HUB_DATABSE_URL", "postgresql://db/hub", "menas HUB_DATABASE_URL?"),
        ("HUB_OIDC_ISSUER", "https://idp.kommun.se", "finns inte i den här versionen"),
    ],
)
def test_a_fault_says_what_to_do(name: str, value: str, words: str) -> None:
    assert words in faults({name: value})[name]


def test_an_empty_variable_is_a_missing_one() -> None:
    assert "saknas" in faults({"HUB_SECRET_KEY": "  "}, "HUB_SECRET_KEY")["HUB_SECRET_KEY"]


def test_a_fault_never_repeats_the_secret() -> None:
    with pytest.raises(SettingsFault) as caught:
        read_settings({"HUB_SECRET_KEY": "hemligt", "HUB_SMTP_URL": "smtp://u:hemligt@x.se"})

    assert "hemligt" not in str(caught.value)


def test_the_settings_do_not_show_their_secrets() -> None:
    settings = read_settings(
        {"HUB_SECRET_KEY": SECRET, "HUB_DATABASE_URL": "postgresql://u:hemligt@db/hub"}
    )

    assert SECRET not in repr(settings)
    assert "hemligt" not in repr(settings)
