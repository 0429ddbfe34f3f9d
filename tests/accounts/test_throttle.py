import datetime as dt

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.accounts import throttle
from app.accounts.models import SignInThrottle
from app.accounts.throttle import ACCOUNT, ADDRESS, TooManyAttempts
from app.db import db

NOON = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 0), (4, 0), (5, 5), (6, 10), (7, 20), (8, 40), (12, 640),
                                                   (13, 900), (14, 900), (10_000, 900)])
def test_delay_of_an_account_grows(attempts: int, seconds: int) -> None:
    assert ACCOUNT.delay(attempts).total_seconds() == seconds


@pytest.mark.parametrize(("attempts", "seconds"), [(49, 0), (50, 5), (51, 10), (60, 60), (5000, 60)])
def test_delay_of_an_address_begins_later_and_stays_short(attempts: int, seconds: int) -> None:
    assert ADDRESS.delay(attempts).total_seconds() == seconds


def test_attempts_are_forgotten_one_by_one() -> None:
    assert ACCOUNT.remembered(6, dt.timedelta(minutes=14)) == 6
    assert ACCOUNT.remembered(6, dt.timedelta(minutes=31)) == 4
    assert ACCOUNT.remembered(6, dt.timedelta(days=1)) == 0


def test_waiting_is_told_in_seconds_and_ends(app: Flask) -> None:
    jet = throttle.account("jet@dienst.example")
    with app.app_context(), time_machine.travel(NOON, tick=False) as clock:
        for _ in range(5):
            throttle.count(jet)
        with pytest.raises(TooManyAttempts) as wait:
            throttle.count(jet)
        assert wait.value.seconds == 5
        clock.shift(4)
        with pytest.raises(TooManyAttempts) as wait:
            throttle.count(jet)
        assert wait.value.seconds == 1
        clock.shift(1)
        throttle.count(jet)
        with pytest.raises(TooManyAttempts) as wait:
            throttle.count(jet)
        assert wait.value.seconds == 10


def test_waiting_for_one_counts_nothing_for_the_other(app: Flask) -> None:
    jet, school = throttle.account("jet@dienst.example"), throttle.address("192.0.2.1")
    with app.app_context(), time_machine.travel(NOON, tick=False):
        for _ in range(5):
            throttle.count(jet, school)
        with pytest.raises(TooManyAttempts):
            throttle.count(jet, school)
        counted = db.session.scalar(select(SignInThrottle.failures).where(SignInThrottle.key == school.key))
        assert counted == 5


def test_the_table_names_nobody(app: Flask) -> None:
    with app.app_context():
        throttle.count(throttle.account("jet@dienst.example"), throttle.address("192.0.2.1"))
        keys = db.session.scalars(select(SignInThrottle.key)).all()
    assert len(keys) == 2
    assert not any("jet" in key or "192" in key for key in keys)


def test_one_household_has_one_ipv6_network(app: Flask) -> None:
    with app.app_context():
        keys = {throttle.address(a).key for a in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9")}
        assert len(keys) == 1
        assert throttle.address("2001:db8:1:3::1").key not in keys
        assert throttle.address("192.0.2.1").key != throttle.address("192.0.2.2").key
        assert throttle.address(None).key == throttle.address("no address").key
