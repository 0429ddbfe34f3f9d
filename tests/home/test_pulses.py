"""The korte vraag on the start page: of whoever began it, and of whoever approves it."""

from __future__ import annotations

import datetime as dt

from flask import Flask

from app.db import db
from app.home.rounds import PULSES_SHOWN
from app.rounds.models import Round
from app.web.formats import as_if, date, now
from tests.rating.behind import words
from tests.support.builders import Persona, make_person
from tests.support.pages import browser_of
from tests.support.pulses import answer, approve, begin_pulse, choose, close_pulse, closed_pulse, open_pulse
from tests.support.records import make_goal


def start(app: Flask, person: Persona) -> str:
    return words(browser_of(app, person).get("/start"))


def test_each_thing_in_its_turn(app: Flask, begeleider: Persona, teamleider: Persona) -> None:
    goal_id = make_goal(app, begeleider).goal_id
    assert "Korte vraag" not in start(app, begeleider)
    made = begin_pulse(app, begeleider, goal_id)
    page = browser_of(app, begeleider).get("/start")
    assert "Kies minstens vier mensen die je de korte vraag stelt. Dat kan tot en met" in words(page)
    assert f'href="/feedback/{made.part_id}/mensen"' in page.text
    choose(app, begeleider, made)
    page = browser_of(app, begeleider).get("/start")
    assert "Je keuze wordt nagekeken" in words(page)
    assert f'href="/feedback/{made.part_id}"' in page.text
    made = approve(app, teamleider, made)
    with app.app_context():
        until = date(db.session.get_one(Round, made.round_id).closes_on, "d MMMM")
        name = db.session.get_one(Round, made.round_id).name
    assert f"{name} Mensen antwoorden tot en met {until}" in start(app, begeleider)
    for token in made.tokens:
        answer(app, token, 4)
    assert "gesloten" not in start(app, begeleider)
    close_pulse(app, made)
    page = browser_of(app, begeleider).get("/start")
    assert "Je korte vraag is gesloten. Lees bij je doel wat anderen samen zagen." in words(page)
    assert f'href="/ontwikkelplan/doelen/{goal_id}#korte-vraag"' in page.text
    assert "verschil" not in words(page), "what they saw is read at the goal"


def test_it_says_the_same_whether_or_not_enough_people_answered(app: Flask, begeleider: Persona,
                                                                teamleider: Persona) -> None:
    closed_pulse(app, begeleider, teamleider, make_goal(app, begeleider).goal_id, (4, 4, 4))
    ans = make_person(app, begeleider.organisation_id)
    closed_pulse(app, ans, make_person(app, ans.organisation_id, roles=["beheerder"]), make_goal(app, ans).goal_id, ())
    news = "Je korte vraag is gesloten. Lees bij je doel wat anderen samen zagen."
    assert news in start(app, begeleider)
    assert news in start(app, ans)


def test_after_a_while_it_is_no_news(app: Flask, begeleider: Persona, teamleider: Persona) -> None:
    closed_pulse(app, begeleider, teamleider, make_goal(app, begeleider).goal_id, (4, 4, 4))
    with as_if(now() + dt.timedelta(days=20 + 8)):
        later = start(app, begeleider)
        assert "Je korte vraag is gesloten" not in later
        assert "lees wat eruit kwam" in later
    with as_if(now() + dt.timedelta(days=21) + PULSES_SHOWN):
        assert "lees wat eruit kwam" not in start(app, begeleider)


def test_one_that_lapsed_or_was_stopped_is_not_named(app: Flask, begeleider: Persona, teamleider: Persona) -> None:
    made = begin_pulse(app, begeleider, make_goal(app, begeleider).goal_id)
    with as_if(now() + dt.timedelta(days=40)):
        assert "Korte vraag" not in start(app, begeleider)
    browser_of(app, begeleider).send(f"/feedback/{made.part_id}/stop")
    browser_of(app, begeleider).get("/start")       # the message that it stopped
    assert "Korte vraag" not in start(app, begeleider)


def test_whoever_approves_reads_that_it_is_a_korte_vraag(app: Flask, begeleider: Persona, teamleider: Persona,
                                                         organisation_id: int) -> None:
    made = begin_pulse(app, begeleider, make_goal(app, begeleider).goal_id)
    bea = make_person(app, organisation_id, roles=["beheerder"])
    assert "wil een korte vraag stellen" not in start(app, teamleider)
    choose(app, begeleider, made)
    for person in (teamleider, bea):
        page = browser_of(app, person).get("/start")
        assert f"{begeleider.name} wil een korte vraag stellen. Kijk na aan wie." in words(page)
        assert f'href="/rondes/mensen/{made.part_id}"' in page.text
    approve(app, teamleider, made)
    assert "wil een korte vraag stellen" not in start(app, teamleider)


def test_a_gesprekspartner_without_another_role_sees_what_waits_for_her(app: Flask, organisation_id: int) -> None:
    partner = make_person(app, organisation_id)
    jet = make_person(app, organisation_id, discussion_partner_id=partner.id)
    made = begin_pulse(app, jet, make_goal(app, jet).goal_id)
    assert "Keuzes die op je goedkeuring wachten" not in start(app, partner)
    choose(app, jet, made)
    page = browser_of(app, partner).get("/start")
    assert "Keuzes die op je goedkeuring wachten" in words(page)
    assert f'href="/rondes/mensen/{made.part_id}"' in page.text
    assert "Keuzes die op je goedkeuring wachten" not in start(app, make_person(app, organisation_id))
    approve(app, partner, made)
    assert "Keuzes die op je goedkeuring wachten" not in start(app, partner)


def test_nobody_else_reads_of_it(app: Flask, begeleider: Persona, teamleider: Persona, organisation_id: int,
                                 team_id: int) -> None:
    open_pulse(app, begeleider, teamleider, make_goal(app, begeleider).goal_id)
    colleague = make_person(app, organisation_id, works_in=[team_id])
    for other in (colleague, make_person(app, organisation_id, roles=["hr"])):
        assert "Korte vraag" not in start(app, other)
