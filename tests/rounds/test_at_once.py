"""Two at the same moment: one move counts, and two rounds about one person do not let each other through."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.messages.models import Message
from app.rounds import moves
from app.rounds.lifecycle import MoveRefused
from app.rounds.models import Invitation, Round, RoundSubject
from app.web.formats import now
from tests.support.at_once import at_once
from tests.support.builders import Persona
from tests.support.rounds import MadeRound, make_round


def approve(app: Flask, made: MadeRound) -> None:
    with app.app_context():
        db.session.get_one(RoundSubject, made.part_ids[0]).approved_at = now()
        db.session.commit()


@pytest.mark.parametrize("move", [moves.open_round, moves.abort])
def test_of_the_same_move_twice_one_counts(
    app: Flask, teamleider: Persona, begeleider: Persona, move: Callable[[Round], None]
) -> None:
    made = make_round(app, teamleider, [begeleider], state="choosing", opened_days_ago=0)
    approve(app, made)

    def act() -> None:
        move(db.session.get_one(Round, made.round_id))

    assert sorted(at_once(app, act, act, refusals=(MoveRefused,))) == ["MoveRefused", "done"]
    with app.app_context():
        letters = db.session.scalar(select(func.count(Message.id)).where(Message.template.like("ask%")))
        assert letters == (10 if move is moves.open_round else 0)


def test_two_rounds_about_one_person_that_differ_by_one_do_not_both_open(
    app: Flask, teamleider: Persona, begeleider: Persona
) -> None:
    first = make_round(app, teamleider, [begeleider], {"school": 6}, state="choosing", opened_days_ago=0)
    second = make_round(app, teamleider, [begeleider], {"school": 7}, state="choosing", opened_days_ago=0)
    acts = []
    for made in (first, second):
        approve(app, made)
        acts.append(lambda made=made: moves.open_round(db.session.get_one(Round, made.round_id)))
    assert sorted(at_once(app, *acts, refusals=(MoveRefused,))) == ["MoveRefused", "done"]
    with app.app_context():
        invited = db.session.scalar(select(func.count(Invitation.id)).where(Invitation.invited_on.is_not(None)))
        assert invited in (6, 7)
