"""A korte vraag that is extended, once, by whoever may manage it; and one whose goal stops meanwhile."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.development.goals.lifecycle import TABLE, GoalState, Step
from app.messages.letters import letter
from app.messages.models import Message
from app.rating import closing
from app.rounds import moves
from app.rounds.lifecycle import MoveRefused, State
from app.rounds.models import Invitation, Round, RoundGroup, SchoolHoliday
from app.web.formats import as_if, now, today
from tests.rating.behind import words
from tests.support.builders import Persona, make_person
from tests.support.pages import CheckedClient, browser_of
from tests.support.pulses import answer, approve, begin_pulse, choose, close_pulse, open_pulse

WEEK = dt.timedelta(weeks=1)


def closes_on(app: Flask, round_id: int) -> dt.date:
    with app.app_context():
        return db.session.get_one(Round, round_id).closes_on


def settled(app: Flask, round_id: int) -> tuple[object, ...]:
    """What was promised to whoever was asked, apart from the day."""
    with app.app_context():
        found = db.session.get_one(Round, round_id)
        groups = db.session.execute(select(RoundGroup.rater_group, RoundGroup.minimum, RoundGroup.question_set)
                                    .where(RoundGroup.round_id == round_id).order_by(RoundGroup.rater_group)).all()
        asked = db.session.execute(select(Invitation.email, Invitation.state, Invitation.renewal)
                                   .order_by(Invitation.id)).all()
        return (found.state, found.small_circle, found.reminder_days, found.opens_on, groups, asked)


def test_she_extends_it_once(app: Flask, begeleider: Persona, teamleider: Persona, jet: CheckedClient,
                             goal_id: int) -> None:
    made = open_pulse(app, begeleider, teamleider, goal_id)
    first, promised = closes_on(app, made.round_id), settled(app, made.round_id)
    page = jet.get(f"/feedback/{made.part_id}")
    assert "Je kunt één keer verlengen" in words(page)
    done = jet.submit(page, to=f"/feedback/{made.part_id}/verleng")
    assert done.location == f"/feedback/{made.part_id}"
    assert closes_on(app, made.round_id) == first + WEEK
    again = jet.get(f"/feedback/{made.part_id}")
    assert "Langer kan deze korte vraag niet duren." in words(again)
    assert "/verleng" not in again.text
    jet.send(f"/feedback/{made.part_id}/verleng")
    assert "kan niet (meer) worden verlengd" in words(jet.get(f"/feedback/{made.part_id}"))
    assert closes_on(app, made.round_id) == first + WEEK
    assert settled(app, made.round_id) == promised


def test_who_was_asked_answers_until_then_and_nothing_shows_before(
    app: Flask, begeleider: Persona, teamleider: Persona, jet: CheckedClient, goal_id: int
) -> None:
    made = open_pulse(app, begeleider, teamleider, goal_id)
    jet.send(f"/feedback/{made.part_id}/verleng")
    for token in made.tokens[:2]:
        answer(app, token, 4)
    with as_if(now() + dt.timedelta(days=16)):
        with app.app_context():
            closing.close_due()
        answer(app, made.tokens[2], 4)
        assert "zagen gemiddeld" not in words(browser_of(app, begeleider).get(f"/ontwikkelplan/doelen/{goal_id}"))
    close_pulse(app, made, days=22)
    assert "zagen gemiddeld iets meer" in words(jet.get(f"/ontwikkelplan/doelen/{goal_id}"))


def test_the_beheerder_may_and_who_approves_may_not(app: Flask, organisation_id: int, begeleider: Persona,
                                                    teamleider: Persona, tom: CheckedClient, goal_id: int) -> None:
    made = open_pulse(app, begeleider, teamleider, goal_id)
    address, first = f"/feedback/{made.part_id}/verleng", closes_on(app, made.round_id)
    assert "verlengen" not in words(tom.get(f"/rondes/mensen/{made.part_id}"))
    assert tom.send(address).status_code == 403
    both = browser_of(app, make_person(app, organisation_id, roles=["teamleider", "begeleider"]))
    assert both.send(address).status_code == 404
    bea = browser_of(app, make_person(app, organisation_id, roles=["beheerder"]))
    page = bea.get(f"/rondes/mensen/{made.part_id}")
    assert bea.submit(page, to=address).location == f"/rondes/mensen/{made.part_id}"
    assert closes_on(app, made.round_id) == first + WEEK


def test_never_into_a_holiday(app: Flask, begeleider: Persona, teamleider: Persona, goal_id: int) -> None:
    made = open_pulse(app, begeleider, teamleider, goal_id)
    last = closes_on(app, made.round_id)
    with app.app_context():
        db.session.add(SchoolHoliday(organisation_id=begeleider.organisation_id, name="Meivakantie",
                                     first_day=last + dt.timedelta(days=5), last_day=last + dt.timedelta(days=9)))
        db.session.flush()
        found = db.session.get_one(Round, made.round_id)
        moves.extend_pulse(found, by=begeleider.id)
        assert found.closes_on >= last + dt.timedelta(days=10)
        assert found.closes_on.weekday() < 5


@pytest.mark.parametrize("state", ["choosing", "closed"])
def test_only_while_people_answer(app: Flask, begeleider: Persona, teamleider: Persona, goal_id: int,
                                  state: str) -> None:
    if state == "choosing":
        made = begin_pulse(app, begeleider, goal_id)
    else:
        made = open_pulse(app, begeleider, teamleider, goal_id)
        close_pulse(app, made)
    with app.app_context():
        found = db.session.get_one(Round, made.round_id)
        with pytest.raises(MoveRefused):
            moves.extend_pulse(found, by=begeleider.id)


def test_a_goal_that_stops_does_not_stop_who_was_asked(
    app: Flask, begeleider: Persona, teamleider: Persona, jet: CheckedClient, goal_id: int
) -> None:
    made = open_pulse(app, begeleider, teamleider, goal_id)
    answer(app, made.tokens[0], 5)
    goal = f"/ontwikkelplan/doelen/{goal_id}"
    assert jet.send(f"{goal}/rond-af").status_code == 303
    page = words(jet.get(goal))
    assert "Je doel is afgerond. De korte vraag gaat gewoon door" in page
    for token in made.tokens[1:]:
        answer(app, token, 5)
    close_pulse(app, made)
    assert "zagen gemiddeld duidelijk meer" in words(jet.get(goal))
    with app.app_context():
        assert not db.session.scalars(select(Message).where(Message.template.like("stopped%"))).all()


def test_one_that_waits_for_approval_goes_on_too_and_can_be_stopped(
    app: Flask, begeleider: Persona, teamleider: Persona, jet: CheckedClient, goal_id: int
) -> None:
    made = begin_pulse(app, begeleider, goal_id)
    choose(app, begeleider, made)
    jet.send(f"/ontwikkelplan/doelen/{goal_id}/zet-stil")
    assert "Je doel staat stil. De korte vraag gaat gewoon door" in words(jet.get(f"/ontwikkelplan/doelen/{goal_id}"))
    made = approve(app, teamleider, made)
    assert jet.submit(jet.get(f"/feedback/{made.part_id}/stop"), to=f"/feedback/{made.part_id}/stop").status_code == 303
    with app.app_context():
        assert db.session.get_one(Round, made.round_id).state == State.ABORTED
        told = db.session.scalars(select(Message).where(Message.template == "stopped_rater")).all()
        assert len(told) == 4, "whoever was asked hears that it stops"
        read = [letter(message) for message in told]
        assert all(one and "korte vraag" in one.subject and "feedback" not in one.text.lower() for one in read)


def test_a_goal_with_a_korte_vraag_is_never_thrown_away() -> None:
    """What is not open has none, and nothing that was ever open can be dropped or become an idea again."""
    assert {state for state, step in TABLE if step is Step.DROP} == {GoalState.IDEA}
    assert GoalState.IDEA not in TABLE.values()


def test_a_week_is_counted_from_the_last_day(app: Flask, begeleider: Persona, teamleider: Persona,
                                             goal_id: int) -> None:
    made = open_pulse(app, begeleider, teamleider, goal_id)
    with app.app_context():
        assert moves.pulse_extension_of(db.session.get_one(Round, made.round_id)) == today() + dt.timedelta(weeks=3)
