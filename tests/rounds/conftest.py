"""Whoever approves, and the parts she approves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from flask import Flask

from app.db import db
from app.measurement.scale import Group
from app.rounds.invitations import State
from app.rounds.models import RoundSubject
from tests.rounds.choice import ENOUGH
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient
from tests.support.rounds import make_round


@pytest.fixture
def tom(client: CheckedClient, teamleider: Persona) -> CheckedClient:
    log_in(client, teamleider)
    return client


@pytest.fixture
def propose(app: Flask, begeleider: Persona, teamleider: Persona) -> Callable[..., int]:
    """Jet's part with so many people proposed, in a round that begins in two weeks; sent to whoever approves."""

    def made(raters: dict[Group, int] | None = None, *, sent: bool = True, **kwargs: bool) -> int:
        part_id = make_round(app, teamleider, [begeleider], ENOUGH if raters is None else raters, state="choosing",
                             invitation_state=State.PROPOSED, opened_days_ago=-14, **kwargs).part_ids[0]
        if sent:
            with app.app_context():
                db.session.get_one(RoundSubject, part_id).choice_sent_at = dt.datetime.now(dt.UTC)
                db.session.commit()
        return part_id

    return made


@pytest.fixture
def running(app: Flask, begeleider: Persona, teamleider: Persona) -> int:
    return make_round(app, teamleider, [begeleider], {Group.COLLEAGUE: 4, Group.SCHOOL: 6}).part_ids[0]
