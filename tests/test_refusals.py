"""What goes wrong in the house itself: nothing leaks, nobody waits for somebody else, nothing typed is lost."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from app.accounts import passwords, strength
from app.db import db
from app.development.if_then import is_plan
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient
from tests.support.statements import statements

TYPED = "Bij casus B7 vroeg ik het te laat, dat doe ik anders"


class Slow(io.BytesIO):
    """A body that notes how much was asked of the database when its bytes were read."""

    def __init__(self, body: bytes, seen: list[str]) -> None:
        super().__init__(body)
        self.seen, self.at_reading = seen, [-1]

    def read(self, *size: int | None) -> bytes:
        self.at_reading.append(len(self.seen))
        return super().read(*size)

    def readinto(self, buffer: object) -> int:
        self.at_reading.append(len(self.seen))
        return super().readinto(buffer)  # type: ignore[arg-type]


def test_a_slow_sender_holds_no_lock(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    """On SQLite the first statement of a post takes the only right to write."""
    log_in(client, begeleider)
    token = client.csrf_token()
    body = f"csrf_token={token}&lijst=focus".encode()
    with statements(app) as seen:
        slow = Slow(body, seen)
        answer = client.post("/zelfbeeld", input_stream=slow, content_length=len(body),
                             content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    assert len(seen) > 2
    assert max(slow.at_reading) == 0


def test_what_people_typed_is_in_no_error(app: Flask) -> None:
    with app.app_context(), pytest.raises(DBAPIError) as told:
        db.session.execute(text("select :typed from nowhere"), {"typed": TYPED})
    assert TYPED not in str(told.value)


def test_a_failed_commit_signs_nobody_out(
    app: Flask, client: CheckedClient, begeleider: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_session: Session) -> None:
        raise OperationalError("COMMIT", {}, Exception("disk is full"))

    log_in(client, begeleider)
    client.get("/zelfbeeld")
    monkeypatch.setattr(Session, "commit", full)
    monkeypatch.setitem(app.config, "TESTING", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    answer = client.send("/zelfbeeld", {"lijst": "focus"})
    assert answer.status_code == 500
    assert client.get("/metingen").status_code == 200


def test_a_failure_gives_back_what_was_typed(
    app: Flask, client: CheckedClient, begeleider: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(client, begeleider)
    page = client.send("/zelfbeeld", {"lijst": "focus"}).headers["Location"] + "/vraag-expliciteren"

    def broken(*_: object) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr("app.assessments.services.save_page", broken)
    monkeypatch.setitem(app.config, "TESTING", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    answer = client.send(page, {"revision": "0", "remark": TYPED}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 500
    assert TYPED in answer.text
    assert "Er ging iets mis bij ons." in answer.text


def test_a_very_long_password_costs_nothing(app: Flask) -> None:
    """Composing these characters the same way takes the time of their number squared: minutes."""
    password = "a" + "\u0300" * 200_000 + "\u0323" * 200_000
    assert strength.weakness(password) is strength.Weakness.TOO_LONG
    with app.app_context():
        assert not passwords.matches(password, passwords.hash_of("een-goed-geheim-van-de-dienst"))


def test_a_very_long_plan_costs_nothing() -> None:
    assert not is_plan("als " * 100_000)


@pytest.mark.parametrize("address", ["/static/%00", "/static/" + "a" * 300, "/static/css"])
def test_no_such_asset(client: CheckedClient, begeleider: Persona, address: str) -> None:
    log_in(client, begeleider)
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("origin", ["http://[", "null", "", "http://localhost.evil.example"])
def test_a_strange_origin_carries_nothing(client: CheckedClient, begeleider: Persona, origin: str) -> None:
    answer = client.post("/zelfbeeld", data={"remark": TYPED}, headers={"Origin": origin})
    assert answer.status_code == 401
    assert TYPED not in answer.text


def test_a_form_that_was_cut_off_is_not_taken_for_an_empty_one(client: CheckedClient, begeleider: Persona) -> None:
    log_in(client, begeleider)
    page = client.send("/zelfbeeld", {"lijst": "focus"}).headers["Location"] + "/vraag-expliciteren"
    assert client.send(page, {"iets": "anders"}).status_code == 400
    assert client.send("/ontwikkelplan/doelen/nieuw", {"behaviour": TYPED}).status_code == 404
