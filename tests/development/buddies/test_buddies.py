"""Maatjes: who offers what, who sees it, who is chosen and mailed."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from app import jobs
from app.db import db
from app.development.buddies import services as buddies
from app.development.models import BuddyOffer, GoalAction
from app.people.models import Person
from tests.development.buddies.support import MOMENT, arrived, choose, offer, outbox
from tests.development.support import actor_of, goal_in, make_goal, measure
from tests.support.at_once import together
from tests.support.builders import Persona, log_in, make_person, make_team
from tests.support.clock import stopped
from tests.support.mail import Post, mail_server, mailing
from tests.support.pages import CheckedClient

clock = stopped(MOMENT)


@pytest.fixture
def ans(app: Flask, organisation_id: int) -> Persona:
    return make_person(app, organisation_id, works_in=[make_team(app, organisation_id, "Team West")], name="Ans Bos")


@pytest.fixture
def action_id(app: Flask, begeleider: Persona) -> int:
    return goal_in(app, make_goal(app, begeleider)).actions[0].id


def offers(app: Flask) -> list[tuple[int, str, str]]:
    with app.app_context():
        rows = db.session.execute(select(BuddyOffer.person_id, BuddyOffer.competency_code, BuddyOffer.kind))
        return sorted((a, b, c) for a, b, c in rows)


def with_whom(app: Flask, action_id: int) -> int | None:
    with app.app_context():
        return db.session.scalar(select(GoalAction.with_id).where(GoalAction.id == action_id))


def test_offering_and_taking_back(app: Flask, client: CheckedClient, ans: Persona) -> None:
    log_in(client, ans)
    for _ in range(2):
        answer = client.submit(client.get("/maatjes"), {"competency": "VM1", "kinds": ["kijk-mee", "denk-mee"]},
                               to="/maatjes")
        assert answer.status_code == 303
    assert offers(app) == [(ans.id, "VM1", "denk-mee"), (ans.id, "VM1", "kijk-mee")]
    client.send("/maatjes/weg", {"competency": "VM1", "kind": "kijk-mee"})
    client.send("/maatjes/weg", {"competency": "x" * 10_000, "kind": "\x00"})
    assert offers(app) == [(ans.id, "VM1", "denk-mee")]


@pytest.mark.parametrize("data", [
    {}, {"competency": "VM1"}, {"kinds": ["kijk-mee"]}, {"competency": "XX9", "kinds": ["kijk-mee"]},
    {"competency": "VM1", "kinds": ["kijk-mee", "alles"]}, {"competency": "<script>", "kinds": ["'; drop table"]},
])
def test_what_cannot_be_offered(app: Flask, client: CheckedClient, ans: Persona, data: dict[str, object]) -> None:
    log_in(client, ans)
    assert client.send("/maatjes", data).status_code == 422
    assert offers(app) == []


def test_offered_at_the_same_moment_is_offered_once(app: Flask, ans: Persona) -> None:
    together(*(partial(offer, app, ans) for _ in range(4)))
    assert offers(app) == [(ans.id, "VM1", "kijk-mee")]


def test_names_and_teams_and_nothing_else(app: Flask, client: CheckedClient, begeleider: Persona, ans: Persona,
                                          stranger: Persona, action_id: int) -> None:
    measure(app, ans, {"VM1": 4.7})
    make_goal(app, ans, behaviour="Ik doe iets geheims")
    left = make_person(app, begeleider.organisation_id, name="Weg Gegaan", active=False)
    for person in (ans, stranger, left, begeleider):
        offer(app, person)
    log_in(client, begeleider)
    for page in ("/maatjes", f"/ontwikkelplan/acties/{action_id}"):
        shown = client.get(page).text
        assert "Ans Bos" in shown and "Team West" in shown
        for secret in ("4,7", "geheims", "Vera", "Weg Gegaan"):
            assert secret not in shown, page
    assert f"{begeleider.id} kijk-mee" not in client.get(f"/ontwikkelplan/acties/{action_id}").text


def test_a_colleague_stands_once_with_all_that_she_offers(app: Flask, client: CheckedClient, begeleider: Persona,
                                                          ans: Persona) -> None:
    offer(app, ans, "VM1", "kijk-mee", "denk-mee")
    log_in(client, begeleider)
    shown = client.get("/maatjes").text
    assert shown.count("Ans Bos") == 1 and "denkt met je mee · je mag meekijken" in shown


def test_offers_about_something_else_are_not_there_to_choose(app: Flask, client: CheckedClient, begeleider: Persona,
                                                             ans: Persona, action_id: int) -> None:
    offer(app, ans, "RM1")
    log_in(client, begeleider)
    assert "Ans Bos" not in client.get(f"/ontwikkelplan/acties/{action_id}").text
    assert choose(client, action_id, ans, code="RM1") == 409
    assert with_whom(app, action_id) is None


def test_choosing_mails_once_and_kindly(app: Flask, client: CheckedClient, begeleider: Persona, ans: Persona,
                                        action_id: int, clock: time_machine.Traveller) -> None:
    offer(app, ans)
    log_in(client, begeleider)
    for _ in range(2):
        assert choose(client, action_id, ans) == 303
    assert with_whom(app, action_id) == ans.id
    assert outbox(app) == [("buddy_asked", ans.email)]
    assert arrived(app) == [], "she can still change her mind"
    clock.shift(dt.timedelta(minutes=6))
    post = Post()
    with mail_server(post) as settings, mailing(app, settings), app.app_context():
        jobs.deliver_mail()
    (mail,) = post.arrived
    text = str(mail.get_body(("plain",)).get_content())     # type: ignore[union-attr]
    assert mail["To"] == ans.email and "Jet de Vries" in str(mail["Subject"])
    assert "Beste Ans" in text and "meekijken" in text
    assert "Scholen weten vooraf" not in text and "startgesprek" not in text, "nothing of her plan"
    log_in(client, ans)
    assert "Jet de Vries" in client.get("/maatjes").text
    log_in(client, begeleider)
    assert "Je vroeg <b>Ans Bos</b> om dit met je te doen." in client.get(f"/ontwikkelplan/acties/{action_id}").text


def test_another_choice_takes_the_mail_back(app: Flask, client: CheckedClient, begeleider: Persona, ans: Persona,
                                            team_id: int, action_id: int, clock: time_machine.Traveller) -> None:
    bob = make_person(app, begeleider.organisation_id, works_in=[team_id], name="Bob Smit")
    for person in (ans, bob):
        offer(app, person)
    log_in(client, begeleider)
    choose(client, action_id, ans)
    choose(client, action_id, bob)
    assert outbox(app) == [("buddy_asked", bob.email)]
    clock.shift(dt.timedelta(minutes=6))
    assert [to for to, _subject in arrived(app)] == [bob.email]
    client.send(f"/ontwikkelplan/acties/{action_id}/maatje/weg")
    assert with_whom(app, action_id) is None
    clock.shift(dt.timedelta(minutes=6))
    assert arrived(app) == [(bob.email, "Jet de Vries doet het toch anders")]


def test_who_took_it_back_meanwhile_is_not_chosen(app: Flask, client: CheckedClient, begeleider: Persona, ans: Persona,
                                                  action_id: int) -> None:
    offer(app, ans)
    offer(app, make_person(app, begeleider.organisation_id))
    log_in(client, begeleider)
    with app.app_context():
        buddies.take_back(actor_of(ans), "VM1", "kijk-mee")
        db.session.commit()
    answer = client.send(f"/ontwikkelplan/acties/{action_id}/maatje", {"buddy": f"{ans.id} kijk-mee VM1"})
    assert answer.status_code == 422 and "biedt dit nu niet aan" in answer.text
    assert with_whom(app, action_id) is None and outbox(app) == []


@pytest.mark.parametrize("buddy", ["", "1", "x" * 10_000, "0 kijk-mee VM1", "-1 kijk-mee VM1", "\x00"])
def test_nobody_else_can_be_chosen(app: Flask, client: CheckedClient, begeleider: Persona, stranger: Persona,
                                   action_id: int, buddy: str) -> None:
    offer(app, stranger)
    offer(app, make_person(app, begeleider.organisation_id))
    log_in(client, begeleider)
    for value in (buddy, f"{stranger.id} kijk-mee VM1"):
        assert client.send(f"/ontwikkelplan/acties/{action_id}/maatje", {"buddy": value}).status_code == 422
    assert with_whom(app, action_id) is None


def test_a_buddy_who_left_is_not_shown_and_not_mailed(app: Flask, client: CheckedClient, begeleider: Persona,
                                                      ans: Persona, action_id: int,
                                                      clock: time_machine.Traveller) -> None:
    offer(app, ans)
    log_in(client, begeleider)
    choose(client, action_id, ans)
    assert "Je vroeg <b>Ans Bos</b> om dit met je te doen." in client.get(f"/ontwikkelplan/acties/{action_id}").text
    with app.app_context():
        db.session.execute(update(Person).where(Person.id == ans.id).values(active=False))
        db.session.commit()
    assert "Ans Bos" not in client.get(f"/ontwikkelplan/acties/{action_id}").text
    clock.shift(dt.timedelta(minutes=6))
    assert arrived(app) == []


def test_a_colleague_who_is_no_begeleider_any_more_is_not_asked(
    app: Flask, client: CheckedClient, begeleider: Persona, ans: Persona, action_id: int
) -> None:
    offer(app, ans)
    with app.app_context():
        db.session.execute(update(Person).where(Person.id == ans.id).values(roles=frozenset({"teamleider"})))
        db.session.commit()
    log_in(client, begeleider)
    for page in ("/maatjes", f"/ontwikkelplan/acties/{action_id}"):
        assert "Ans Bos" not in client.get(page).text
    assert choose(client, action_id, ans) in (409, 422)
    assert with_whom(app, action_id) is None and outbox(app) == []


def test_an_action_that_goes_is_told_to_who_was_asked_for_it(
    app: Flask, client: CheckedClient, begeleider: Persona, ans: Persona, clock: time_machine.Traveller
) -> None:
    goal_id = make_goal(app, begeleider, titles=("Oefen", "Bel de school"))
    one, other = (action.id for action in goal_in(app, goal_id).actions[:2])
    offer(app, ans)
    log_in(client, begeleider)
    for action_id in (one, other):
        choose(client, action_id, ans)
    clock.shift(dt.timedelta(minutes=6))
    assert len(arrived(app)) == 2
    assert client.send(f"/ontwikkelplan/doelen/{goal_id}/acties/{one}/weg").status_code == 303
    clock.shift(dt.timedelta(minutes=6))
    assert arrived(app) == [(ans.email, "Jet de Vries doet het toch anders")]
    assert with_whom(app, other) == ans.id
