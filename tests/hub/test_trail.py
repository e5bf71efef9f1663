"""The access log is complete: whatever address about a case is asked for, the look is in it."""

from collections.abc import Iterator

from fastapi.routing import APIRoute

from rules.people import Actor
from tests.hub import acts
from tests.hub.web import Web, enter
from tests.people import BEA, CIA, MIRA, UTA, VIVI


def addresses(web: Web) -> Iterator[tuple[str, str]]:
    """Every page about a case and every way to ask for it, from the table of routes itself."""
    for route in web.app.routes:
        if isinstance(route, APIRoute) and "{case_id}" in route.path:
            yield from ((method, route.path) for method in sorted(route.methods or ()))


def looks(web: Web, person: Actor, case_id: str) -> int:
    lines = web.world.store.access.values()
    return sum(it.account_id == person.id and case_id in it.case_ids for it in lines)


def test_no_page_about_a_case_is_opened_or_sent_without_a_line_in_the_log(web: Web) -> None:
    case_id = acts.decided(web).path.rsplit("/", 1)[-1]
    table = [it for it in addresses(web) if not it[1].startswith("/api/")]
    assert len(table) > 50

    unseen = [
        (person.name, method, path)
        for person in (MIRA, BEA, CIA)
        for method, path in table
        if not _leaves_a_line(web, person, method, path.replace("{case_id}", case_id))
    ]

    assert unseen == []


def test_one_who_may_not_see_a_case_leaves_a_line_for_trying(web: Web) -> None:
    case_id = acts.called(web).path.split("/")[2]
    table = [it for it in addresses(web) if it[1].startswith("/cases/") and it[0] == "GET"]

    for person in (UTA, VIVI):
        for method, path in table:
            if path.endswith("/breaches"):
                continue
            assert _leaves_a_line(web, person, method, path.replace("{case_id}", case_id)), path


def _leaves_a_line(web: Web, person: Actor, method: str, path: str) -> bool:
    before = looks(web, person, path.split("/")[2])
    answer = enter(web, person).request(method, path, data={"_csrf": f"csrf-{person.id}"})
    assert answer.status_code != 500
    return looks(web, person, path.split("/")[2]) > before
