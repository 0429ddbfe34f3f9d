"""From a goal to a sentence: begun, chosen, approved, answered, closed."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.assessments.models import Measurement, StoredCell
from app.db import db
from app.messages.models import Message
from app.rating import closing, packing, retention, round_quality
from app.rating.models import Comment, CommentEnvelope, Draft, Envelope, PulseOutcome, Response, Sheet, StoredQuality
from app.rounds import moves
from app.rounds.approving import TooFew
from app.rounds.choosing import TooFewChosen
from app.rounds.lifecycle import State
from app.rounds.models import Invitation, Round
from app.rounds.reminding import remind_due
from app.web.formats import as_if, now, today
from tests.rating.acts import asked_of, codes_of
from tests.rating.behind import words
from tests.support.builders import Persona
from tests.support.pages import CheckedClient
from tests.support.pulses import (
    SCHOOL,
    MadePulse,
    answer,
    approve,
    begin_pulse,
    choose,
    close_pulse,
    closed_pulse,
    open_pulse,
)

LITTLE = "Er waren te weinig antwoorden om iets te laten zien."


def outcome(app: Flask, made: MadePulse) -> float | None:
    with app.app_context():
        return db.session.scalars(
            select(PulseOutcome.mean).where(PulseOutcome.round_subject_id == made.part_id)
        ).one()


def test_it_begins_when_it_is_approved_and_lasts_two_weeks(app: Flask, begeleider: Persona, teamleider: Persona,
                                                           goal_id: int) -> None:
    made = begin_pulse(app, begeleider, goal_id)
    choose(app, begeleider, made)
    with app.app_context():
        moves.open_due()
        assert db.session.get_one(Round, made.round_id).state == State.CHOOSING
    made = approve(app, teamleider, made)
    with app.app_context():
        found = db.session.get_one(Round, made.round_id)
        assert (found.state, found.opens_on, found.closes_on) == (
            State.OPEN, today(), today() + dt.timedelta(days=14))
        asked = [m.recipient for m in db.session.scalars(select(Message).where(Message.template == "ask_pulse"))]
        assert sorted(asked) == sorted(email for _, email in SCHOOL)
    assert len(made.tokens) == 4


def test_everybody_is_asked_the_behaviour_of_the_goal(app: Flask, begeleider: Persona, teamleider: Persona,
                                                      goal_id: int, client: CheckedClient) -> None:
    made = open_pulse(app, begeleider, teamleider, goal_id)
    assert codes_of(app, made.tokens[0]) == ("VM1.1", "VM1.2", "VM1.3", "VM1.4")
    first = words(client.get(f"/b/{made.tokens[0]}"))
    assert "Zie je verandering bij Jet?" in first
    assert "in één groep van minstens 3 mensen" in first
    assert "eigen woorden" not in first
    page = words(client.get(f"/b/{made.tokens[0]}/1"))
    assert "Heb je de afgelopen drie maanden verandering gezien in dit gedrag van Jet?" in page
    assert all(label in page for label in ("Duidelijk minder", "Geen verschil", "Iets meer", "Kan ik niet zeggen"))
    assert client.get(f"/b/{made.tokens[0]}/2").status_code == 404


@pytest.mark.parametrize(("scores", "said"), [
    ((4, 4, 4), "Wie antwoordden, zagen gemiddeld iets meer van dit gedrag."),
    ((5, 5, 5, 5), "Wie antwoordden, zagen gemiddeld duidelijk meer van dit gedrag."),
    ((3, 3, 4), "Wie antwoordden, zagen gemiddeld geen verschil."),
    ((2, 2, 3), "Wie antwoordden, zagen gemiddeld iets minder van dit gedrag."),
    ((), LITTLE), ((5,), LITTLE), ((1, 5), LITTLE),
])
def test_she_reads_one_sentence_at_her_goal(app: Flask, begeleider: Persona, teamleider: Persona, goal_id: int,
                                            jet: CheckedClient, scores: tuple[int, ...], said: str) -> None:
    closed_pulse(app, begeleider, teamleider, goal_id, scores)
    page = words(jet.get(f"/ontwikkelplan/doelen/{goal_id}"))
    assert said in page
    assert page.count("Korte vraag: ") == 1     # on the line of time


def test_below_the_minimum_the_database_reads_the_same(app: Flask, begeleider: Persona, teamleider: Persona,
                                                       goal_id: int) -> None:
    made = closed_pulse(app, begeleider, teamleider, goal_id, (1, 5))
    assert outcome(app, made) is None
    with app.app_context():
        for table in (Draft, Envelope, CommentEnvelope, Sheet, Comment, Response, Measurement, StoredCell):
            assert db.session.scalar(select(func.count()).select_from(table)) == 0, table
        assert set(db.session.scalars(select(Invitation.answered))) == {None}


def test_of_what_was_answered_one_figure_remains(app: Flask, begeleider: Persona, teamleider: Persona,
                                                 goal_id: int) -> None:
    made = closed_pulse(app, begeleider, teamleider, goal_id, (5, 5, 5))
    assert outcome(app, made) == 4.5, "capped, since there are fewer than five people"
    with app.app_context():
        for table in (Draft, Envelope, CommentEnvelope, Sheet, Comment, Response, Measurement, StoredCell):
            assert db.session.scalar(select(func.count()).select_from(table)) == 0, table
        assert db.session.scalar(select(func.count()).select_from(Message).where(
            Message.template.in_(("ask_pulse", "remind_pulse")))) == 0
        round_quality.make_missing()
        retention.destroy_old_sheets()
        assert db.session.scalar(select(func.count()).select_from(StoredQuality)) == 0


def test_closing_again_changes_nothing(app: Flask, begeleider: Persona, teamleider: Persona, goal_id: int) -> None:
    made = closed_pulse(app, begeleider, teamleider, goal_id, (4, 4, 4))
    with as_if(now() + dt.timedelta(days=30)), app.app_context():
        closing.close_due()
    close_pulse(app, made)
    assert outcome(app, made) == 4.0


def test_who_leaves_it_open_does_not_count(app: Flask, begeleider: Persona, teamleider: Persona,
                                           goal_id: int) -> None:
    made = open_pulse(app, begeleider, teamleider, goal_id)
    for token in made.tokens[:2]:
        answer(app, token, 5)
    for token in made.tokens[2:]:
        answer(app, token, "niet-gezien")       # type: ignore[arg-type]
    close_pulse(app, made)
    assert outcome(app, made) is None


def test_nobody_writes_in_her_own_words(app: Flask, begeleider: Persona, teamleider: Persona, goal_id: int,
                                        client: CheckedClient) -> None:
    made = open_pulse(app, begeleider, teamleider, goal_id)
    sent = client.post(f"/b/{made.tokens[0]}/antwoord", json={"page": "1", "answers": {packing.OPEN_QUESTIONS[0]: "x"}})
    assert sent.status_code == 422
    assert asked_of(app, made.tokens[0]).is_pulse


def test_one_reminder_and_no_more(app: Flask, begeleider: Persona, teamleider: Persona, goal_id: int) -> None:
    made = open_pulse(app, begeleider, teamleider, goal_id)
    answer(app, made.tokens[0], 4)
    reminded = []
    for day in range(1, 14):
        with as_if(now() + dt.timedelta(days=day)), app.app_context():
            reminded.append(remind_due())
    assert sorted(reminded)[-2:] == [0, 3]


def test_three_people_are_too_few(app: Flask, begeleider: Persona, teamleider: Persona, goal_id: int) -> None:
    made = begin_pulse(app, begeleider, goal_id)
    with pytest.raises(TooFewChosen):
        choose(app, begeleider, made, SCHOOL[:3])


def test_nor_does_who_approves_leave_three(app: Flask, begeleider: Persona, teamleider: Persona, goal_id: int) -> None:
    made = begin_pulse(app, begeleider, goal_id)
    choose(app, begeleider, made)
    with app.app_context():
        gone = db.session.scalars(select(Invitation).order_by(Invitation.id).limit(1)).one()
        gone.state = "removed"
        db.session.commit()
    with pytest.raises(TooFew):
        approve(app, teamleider, made)
