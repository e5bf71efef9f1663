"""What every register of accounts promises, in memory and on PostgreSQL."""

import pytest

from rules.errors import Invalid
from rules.people import Role
from tests.adapters import saga
from tests.stores import WorkFactory
from workflows.ports import Account


def add(factory: WorkFactory, *accounts: Account) -> None:
    with factory() as work:
        for account in accounts:
            work.people.add(account)
        work.commit()


def test_an_account_is_found_by_id_and_by_user_name(store_factory: WorkFactory) -> None:
    add(store_factory, saga.account())

    with store_factory() as work:
        assert work.people.by_id("konto-mira") == saga.account()
        assert work.people.by_username("mira") == saga.account()
        assert work.people.by_id("mira") is None
        assert work.people.by_username("nora") is None


def test_a_user_name_is_taken_once(store_factory: WorkFactory) -> None:
    add(store_factory, saga.account())

    with store_factory() as work:
        with pytest.raises(Invalid) as refused:
            work.people.add(saga.account(id="konto-annan"))
        assert "username" in refused.value.faults
        assert work.people.everyone() == (saga.account(),)


def test_everyone_is_listed_by_user_name(store_factory: WorkFactory) -> None:
    add(store_factory, *(saga.account(name) for name in ("vera", "åsa", "bea", "Zoe")))

    with store_factory() as work:
        names = [account.username for account in work.people.everyone()]
    assert names == ["Zoe", "bea", "vera", "åsa"]


def test_holders_of_a_role_are_active_and_of_the_unit(store_factory: WorkFactory) -> None:
    unit = frozenset({Role.UNIT, Role.UNIT_MANAGER})
    add(
        store_factory,
        saga.account("bea", roles=unit, unit="barn"),
        saga.account("uno", roles=unit, unit="ungdom"),
        saga.account("gone", roles=unit, unit="barn", active=False),
        saga.account("mira"),
    )

    with store_factory() as work:
        barn = work.people.holding(Role.UNIT, "barn")
        anywhere = work.people.holding(Role.UNIT_MANAGER, None)
        nobody = work.people.holding(Role.REVIEWER, None)
    assert [account.username for account in barn] == ["bea"]
    assert [account.username for account in anywhere] == ["bea", "uno"]
    assert nobody == ()


@pytest.mark.parametrize("kind", ["webb", "token"])
def test_a_session_lives_from_its_start_to_its_end(store_factory: WorkFactory, kind: str) -> None:
    session = saga.session(kind=kind)
    add(store_factory, saga.account())
    with store_factory() as work:
        work.people.start_session(session)
        work.commit()

    with store_factory() as work:
        assert work.people.session("h1") == session
        work.people.touch_session("h1", saga.after(minutes=9))
        work.commit()
    with store_factory() as work:
        touched = work.people.session("h1")
        assert touched is not None
        assert touched.seen_at == saga.after(minutes=9)
        work.people.end_session("h1")
        work.commit()
    with store_factory() as work:
        assert work.people.session("h1") is None


def test_a_session_nobody_started_does_not_exist(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        work.people.touch_session("h0", saga.NOON)
        work.people.end_session("h0")

        assert work.people.session("h0") is None


def test_failed_logins_count_for_the_name_and_for_the_address(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        work.people.login_failed("mira", "192.0.2.1", saga.NOON)
        work.people.login_failed("mira", "192.0.2.2", saga.after(minutes=1))
        work.people.login_failed("nora", "192.0.2.1", saga.after(minutes=2))
        work.commit()

    with store_factory() as work:
        failures = work.people.login_failures
        assert failures("mira", "192.0.2.9", saga.NOON) == 2
        assert failures("vera", "192.0.2.1", saga.NOON) == 2
        assert failures("mira", "192.0.2.1", saga.NOON) == 3
        assert failures("mira", "192.0.2.9", saga.after(minutes=1)) == 1
        assert failures("vera", "192.0.2.9", saga.NOON) == 0


def test_a_shut_account_is_there_but_holds_nothing(store_factory: WorkFactory) -> None:
    add(store_factory, saga.account())
    with store_factory() as work:
        work.people.shut(saga.account().id)
        work.people.shut("ingen")
        work.commit()

    with store_factory() as work:
        found = work.people.by_id(saga.account().id)
        held = [work.people.holding(role, None) for role in Role]
    assert found is not None
    assert not found.active
    assert not any(held)
