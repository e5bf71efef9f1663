"""The door: sessions, cookies, throttling, and the token that every form carries."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from hub.app import create_app
from hub.sessions import IDLE, LONGEST
from rules.people import Role
from tests.hub.web import PASSWORD, Tokens, Web, desk, enter
from tests.people import GRY, MIRA, account, actor


class Counting:
    """Passwords that remember what they were asked to check."""

    def __init__(self) -> None:
        self.verified: list[str | None] = []

    def hash(self, password: str) -> str:
        return password

    def verify(self, stored: str | None, password: str) -> bool:
        self.verified.append(stored)
        return stored == password

    def needs_rehash(self, stored: str) -> bool:
        return False


WRONG = "Användarnamnet eller lösenordet stämmer inte."


def test_whoever_is_not_logged_in_is_led_to_the_door_and_back(web: Web) -> None:
    visitor = web.visitor()
    door = visitor.open("/rules")
    assert door.path == "/login"

    page = door.draft().type("Användarnamn", "Mira").type("Lösenord", PASSWORD).press("Logga in")

    assert page.path == "/rules"


@pytest.mark.parametrize("where", ["https://ond.example/", "//ond.example/", "/\\ond.example"])
def test_the_door_leads_only_into_the_hub(web: Web, where: str) -> None:
    visitor = web.visitor()
    draft = visitor.open(f"/login?next={where}").draft()

    page = draft.type("Användarnamn", "mira").type("Lösenord", PASSWORD).press("Logga in")

    assert page.path == "/"


def test_an_unknown_name_and_a_wrong_password_look_the_same(web: Web) -> None:
    unknown = web.visitor().log_in("ingen", "fel")
    wrong = web.visitor().log_in("mira", "fel")

    assert unknown.status == wrong.status == 422
    assert WRONG in unknown.text
    assert WRONG in wrong.text
    assert unknown.title == wrong.title == "Fel: Logga in – MASH-hubben"


def test_six_wrong_passwords_shut_the_door_for_a_quarter_even_to_the_right_one(web: Web) -> None:
    for _ in range(6):
        web.visitor().log_in("mira", "fel")

    shut = web.visitor().log_in("mira")
    other = web.visitor().log_in("gry")
    web.world.clock.forward(minutes=16)
    later = web.visitor().log_in("mira")

    assert shut.status == 429
    assert "Vänta en kvart" in shut.text
    assert other.status == later.status == 200


def fail(web: Web, count: int, *, name: str = "", place: str = "") -> None:
    now = web.world.clock.now
    with web.world.office.uow() as work:
        for number in range(count):
            guessed = Tokens().hash(name or f"gissning-{number}")
            work.people.login_failed(guessed, place or f"192.0.2.{number}", now)
        work.commit()


def test_many_wrong_passwords_from_one_place_leave_each_name_one_try_there(web: Web) -> None:
    fail(web, 60, place="testclient")

    assert web.visitor().log_in("mira").status == 200
    assert web.visitor().log_in("gry", "fel").status == 422
    assert web.visitor().log_in("gry").status == 429


def test_a_password_typed_in_the_field_of_the_name_is_not_kept(web: Web) -> None:
    web.visitor().log_in(PASSWORD, "fel")

    assert web.world.store.login_failures
    assert PASSWORD not in str(web.world.store.login_failures)


def test_whoever_guesses_elsewhere_shuts_nobody_out(web: Web) -> None:
    fail(web, 29, name="mira", place="192.0.2.1")

    assert web.visitor().log_in("mira").status == 200


def test_guesses_at_one_name_from_many_places_shut_the_door_for_the_name(web: Web) -> None:
    fail(web, 30, name="mira")

    assert web.visitor().log_in("mira").status == 429
    assert web.visitor().log_in("gry").status == 200


@pytest.mark.parametrize("spelled", ["MIRA", " mira ", "Mira\t", "\u00a0mira"])
def test_another_spelling_of_the_name_is_no_new_door(web: Web, spelled: str) -> None:
    for _ in range(6):
        web.visitor().log_in(spelled, "fel")

    assert web.visitor().log_in("mira").status == 429


def test_an_unknown_name_costs_the_same_work_as_a_known_one(web: Web) -> None:
    counting = Counting()
    web.app = create_app(replace(desk(web.world), passwords=counting))

    web.visitor().log_in("ingen", "fel")
    web.visitor().log_in("mira", "fel")

    assert [stored is None for stored in counting.verified] == [True, False]


def test_a_form_sent_after_the_session_has_ended_says_that_nothing_is_saved(web: Web) -> None:
    draft = web.as_(MIRA).open("/concerns").draft().type("Vad berättar", "Något.")
    web.world.clock.forward(hours=2)

    page = draft.press("Registrera anmälan")

    assert page.status == 401
    assert "Inget är sparat" in page.text


def test_the_cookie_is_out_of_reach_of_scripts_and_bound_to_the_host_over_https() -> None:
    plain = _login_cookie("http://testserver")
    secure = _login_cookie("https://testserver")

    assert plain.startswith("hub=")
    assert "Secure" not in plain
    assert secure.startswith("__Host-hub=")
    assert "Secure" in secure
    assert "Domain" not in secure
    for cookie in (plain, secure):
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Path=/" in cookie


def _login_cookie(base_url: str) -> str:
    web = Web(base_url=base_url)
    client = TestClient(web.app, base_url=base_url, follow_redirects=False)
    client.get("/login")
    csrf = client.cookies["hub-door"]
    form = {"_csrf": csrf, "username": "mira", "password": PASSWORD}
    cookie: str = client.post("/login", data=form).headers["set-cookie"]
    return cookie


def test_only_the_hash_of_the_token_is_stored(web: Web) -> None:
    visitor = web.as_(MIRA)

    token = visitor.client.cookies["hub"]

    assert token not in web.world.store.sessions
    assert all(token not in str(session) for session in web.world.store.sessions.values())


def test_an_idle_session_ends_and_a_used_one_lives_until_the_longest_time(web: Web) -> None:
    idle, used = web.as_(MIRA), web.as_(GRY)
    for _ in range(int(LONGEST / IDLE) * 2 - 1):
        web.world.clock.forward(minutes=30)
        assert used.open("/").path == "/"

    assert idle.open("/").path == "/login"
    web.world.clock.forward(minutes=30)
    assert used.open("/").path == "/login"


def test_logging_out_ends_the_session_and_not_only_the_cookie(web: Web) -> None:
    visitor = web.as_(MIRA)
    token = visitor.client.cookies["hub"]

    page = visitor.open("/").draft().press("Logga ut")

    assert "Du är utloggad." in page.text
    visitor.client.cookies.set("hub", token)
    assert visitor.open("/").path == "/login"


def test_a_made_up_token_opens_nothing(web: Web) -> None:
    client = enter(web, None)
    client.cookies.set("hub", "made-up")

    assert client.get("/").headers["location"] == "/login"


def test_an_inactive_account_has_no_session(web: Web) -> None:
    gone = actor("Gone", Role.INTAKE, unit="mottagning")
    with web.world.office.uow() as work:
        work.people.add(replace(account(gone), active=False))
        work.commit()

    assert enter(web, gone).get("/").headers["location"] == "/login"


@pytest.mark.parametrize("token", ["", "fel", "csrf-konto-Gry"])
def test_a_form_without_the_sessions_own_token_does_nothing(web: Web, token: str) -> None:
    client = enter(web, MIRA)
    enter(web, GRY)
    before = len(web.world.store.journal)

    answer = client.post("/concerns", data={"_csrf": token, "text": "Något"})

    assert answer.status_code == 403
    assert "inget är sparat" in answer.text
    assert len(web.world.store.journal) == before


def test_every_form_on_every_page_that_changes_anything_carries_the_token(web: Web) -> None:
    visitor = web.as_(MIRA)
    for path in ("/", "/concerns", "/cases", "/rules"):
        for form in visitor.open(path).root.every("form"):
            names = [it.attrs.get("name") for it in form.every("input")]
            assert form.attrs["method"] == "get" or "_csrf" in names


def test_every_answer_has_the_headers_and_nothing_behind_the_door_is_kept(web: Web) -> None:
    client = enter(web, MIRA)
    for path in ("/", "/login", "/finns-inte", "/cases/ingenting", "/static/hub.css"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "script-src" not in policy
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        kept = "max-age" if path.startswith("/static") else "no-store"
        assert kept in headers["cache-control"]


def test_a_body_larger_than_any_form_is_not_read(web: Web) -> None:
    answer = enter(web, MIRA).post("/concerns", data={"text": "x" * 2_100_000})

    assert answer.status_code == 413
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "inget är sparat" in answer.text


def test_over_https_the_browser_is_told_to_stay_there() -> None:
    web = Web(base_url="https://testserver")

    headers = enter(web, None).get("/login").headers

    assert "max-age" in headers["strict-transport-security"]
