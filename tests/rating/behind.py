"""A round with one of each group behind its links, and what tests of those pages do over and over."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.db import db
from app.measurement.scale import Group
from app.rounds.models import Invitation, Round
from tests.support.pages import text_of, tree_of
from tests.support.rounds import MadeRound

ONE_OF_EACH = {Group.TEAM_LEAD: 1, Group.COLLEAGUE: 1, Group.SCHOOL: 1, Group.CLIENT: 1, Group.PARENT: 1,
               Group.PUPIL: 1}
ON = "Bewaar en ga verder"


def token_of(made: MadeRound, group: str) -> str:
    return made.tokens[list(ONE_OF_EACH).index(Group(group))]


def words(page: TestResponse) -> str:
    return " ".join(text_of(main) for main in tree_of(page.data).iter("main"))


def change(app: Flask, made: MadeRound, group: str, **values: Any) -> None:
    with app.app_context():
        invitation_id = made.invitation_ids[list(ONE_OF_EACH).index(Group(group))]
        db.session.execute(update(Invitation).where(Invitation.id == invitation_id).values(**values))
        db.session.commit()


def change_round(app: Flask, made: MadeRound, **values: Any) -> None:
    with app.app_context():
        db.session.execute(update(Round).where(Round.id == made.round_id).values(**values))
        db.session.commit()
