"""Measures: what Prometheus reads, and that it is about no case."""

from adapters.metrics import Metrics


def test_what_was_counted_can_be_read() -> None:
    metrics = Metrics()

    metrics.raised(2.5)
    metrics.watched(overdue=3, dead_letters=1, unpromised=0)
    metrics.delivered("mail", 40.0)
    metrics.undelivered(12.5)
    metrics.classified("röd", agree=True)
    metrics.classified("röd", agree=False)

    text = metrics.exposition().decode()
    assert 'hub_sweep_lateness_seconds_bucket{le="5.0"} 1.0' in text
    assert 'hub_sweep_lateness_seconds_bucket{le="1.0"} 0.0' in text
    assert "hub_overdue_clocks 3.0" in text
    assert "hub_dead_letters 1.0" in text
    assert 'hub_delivery_lateness_seconds_bucket{le="60.0",way="mail"} 1.0' in text
    assert 'hub_delivery_lateness_seconds_bucket{le="30.0",way="mail"} 0.0' in text
    assert "hub_oldest_undelivered_seconds 12.5" in text
    assert 'hub_classifications_total{level="röd"} 2.0' in text
    assert "hub_engine_disagreements_total 1.0" in text


def test_every_finding_has_a_number_and_what_is_over_is_nought_again() -> None:
    metrics = Metrics()

    metrics.found({"utan-larm": 3})
    first = metrics.exposition().decode()
    metrics.found({})
    second = metrics.exposition().decode()

    assert 'hub_findings{kind="utan-larm"} 3.0' in first
    assert 'hub_findings{kind="ingen-bevakning"} 0.0' in first
    assert 'hub_findings{kind="utan-larm"} 0.0' in second


def test_a_database_that_did_not_answer_is_told() -> None:
    metrics = Metrics()

    metrics.found({"utan-larm": 3})
    metrics.unreached()

    text = metrics.exposition().decode()
    assert "hub_store_reached 0.0" in text
    assert 'hub_findings{kind="utan-larm"} 3.0' in text


def test_two_programs_in_a_process_do_not_share_their_counts() -> None:
    first, second = Metrics(), Metrics()

    first.watched(overdue=7, dead_letters=0, unpromised=0)

    assert "hub_overdue_clocks 0.0" in second.exposition().decode()
