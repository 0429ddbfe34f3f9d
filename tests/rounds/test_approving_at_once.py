"""Two people who approve, propose or withdraw at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.db import db
from app.rounds.invitations import State
from app.rounds.models import Invitation, Round, RoundSubject
from tests.rounds.choice import id_of, letters, people
from tests.support.at_once import together
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient


def answers_of(app: Flask, *acts: Callable[[CheckedClient], TestResponse]) -> list[int]:
    """What each was answered in a browser of its own, all started together."""
    def browser() -> CheckedClient:
        client = app.test_client()
        assert isinstance(client, CheckedClient)
        return client

    return sorted(answer.status_code for answer in together(*(partial(act, browser()) for act in acts)))


def test_two_who_approve_at_once_invite_everybody_once(app: Flask, client: CheckedClient, teamleider: Persona,
                                                       beheerder: Persona, running: int) -> None:
    log_in(client, teamleider)
    client.send(f"/rondes/mensen/{running}/school", {"relation": "leraar", "name": "An Bos", "email": "an@klimop.nl"})
    seen = {"seen": str(id_of(app, "An Bos"))}

    def by(person: Persona) -> Callable[[CheckedClient], TestResponse]:
        def act(own: CheckedClient) -> TestResponse:
            log_in(own, person)
            return own.send(f"/rondes/mensen/{running}/goed", seen)
        return act

    assert answers_of(app, by(teamleider), by(beheerder)) == [303, 303]
    assert letters(app) == ["an@klimop.nl"]


def test_a_choice_withdrawn_while_it_is_approved_is_one_or_the_other(
        app: Flask, client: CheckedClient, teamleider: Persona, begeleider: Persona,
        propose: Callable[..., int]) -> None:
    part_id = propose()
    with app.app_context():
        seen = [str(one) for one in db.session.scalars(select(Invitation.id))]

    def approving(own: CheckedClient) -> TestResponse:
        log_in(own, teamleider)
        return own.send(f"/rondes/mensen/{part_id}/goed", {"seen": seen})

    def withdrawing(own: CheckedClient) -> TestResponse:
        log_in(own, begeleider)
        return own.send(f"/feedback/{part_id}/mensen/terug")

    answers_of(app, approving, withdrawing)
    with app.app_context():
        part = db.session.get_one(RoundSubject, part_id)
        assert (part.approved_at is None) == (part.choice_sent_at is None)
    states = set(people(app, part_id).values())
    assert states == {State.APPROVED} or states == {State.PROPOSED}


def test_what_changed_since_the_page_was_opened_is_looked_at_again(
        app: Flask, client: CheckedClient, teamleider: Persona, begeleider: Persona, running: int) -> None:
    log_in(client, begeleider)
    client.send(f"/feedback/{running}/mensen/school", {"relation": "leraar", "name": "An", "email": "an@klimop.nl"})
    log_in(client, teamleider)
    page = client.get(f"/rondes/mensen/{running}")
    log_in(client, begeleider)
    client.send(f"/feedback/{running}/mensen/school", {"relation": "leraar", "name": "Bo", "email": "bo@klimop.nl"})
    log_in(client, teamleider)
    crossed = client.submit(page, to=f"/rondes/mensen/{running}/goed")
    assert crossed.status_code == 409
    assert "De keuze is veranderd sinds je deze pagina opende." in crossed.text
    assert letters(app) == []
    assert client.submit(crossed, to=f"/rondes/mensen/{running}/goed").status_code == 303
    assert letters(app) == ["an@klimop.nl", "bo@klimop.nl"]


def test_the_same_address_proposed_twice_at_once_stands_there_once(
        app: Flask, begeleider: Persona, teamleider: Persona, client: CheckedClient, running: int) -> None:
    data = {"relation": "leraar", "name": "An Bos", "email": "an@klimop.nl"}

    def by_her(own: CheckedClient) -> TestResponse:
        log_in(own, begeleider)
        return own.send(f"/feedback/{running}/mensen/school", data)

    def by_him(own: CheckedClient) -> TestResponse:
        log_in(own, teamleider)
        return own.send(f"/rondes/mensen/{running}/school", data)

    assert answers_of(app, by_her, by_him) == [303, 422]
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Invitation.email == "an@klimop.nl")) == 1
        assert db.session.scalars(select(Round.state)).one() == "open"
