"""Messages over the API: a dead letter is listed without an address, and sent again by name."""

from tests.api.service import Service
from tests.people import SYS
from tests.posts import Box
from workflows.delivering import deliver
from workflows.delivery_ports import Message, Notice, PostFailed


def refusing(_message: Message) -> None:
    raise PostFailed("550", lasting=True)


def test_over_the_api_a_dead_letter_is_listed_without_an_address_and_sent_again(
    service: Service,
) -> None:
    with service.world.office.uow() as work:
        notice = Notice(
            key="a",
            case_id="a",
            subject="Mottagningsbekräftelse",
            body="Kort.",
            made_at=service.world.clock.now,
            address="rektor@skola.example",
        )
        work.outbox.put([notice])
        work.commit()
    deliver(service.world.office, Box(says=refusing))
    caller = service.caller(SYS)

    answer = caller.get("/deliveries")
    (letter,) = answer.json()["dead"]
    assert "rektor" not in answer.text
    again = caller.post(f"/deliveries/{letter['id']}/resends")
    assert (again.status_code, again.json()["dead"]) == (200, False)
    assert [it["by"] for it in again.json()["resends"]] == [SYS.id]
    twice = caller.post(f"/deliveries/{letter['id']}/resends")
    assert (twice.status_code, twice.json()["type"]) == (409, "/problems/not-dead")
    (waits,) = caller.get("/deliveries").json()["under_way"]
    assert [it["by"] for it in waits["resends"]] == [SYS.id]
    deliver(service.world.office, Box(says=refusing))
    said = {"reason": "Ringt i stället."}
    done = caller.post(f"/deliveries/{letter['id']}/settlements", said)
    assert (done.status_code, done.json()["dead"]) == (200, False)
    assert caller.get("/deliveries").json()["dead"] == []
    (settled,) = caller.get("/deliveries").json()["recent"]
    assert settled == done.json()
    at = settled["settled_at"]
    assert settled["settlements"] == [{"by": SYS.id, "at": at, "reason": "Ringt i stället."}]
    assert [(it["by"], it["failed"]) for it in settled["resends"]] == [(SYS.id, "550")]
