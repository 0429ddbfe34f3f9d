"""Whose the niveau of a goal is: her own estimate until both confirmed it, on the card and on its own page alike."""

from __future__ import annotations

import datetime as dt

from flask import Flask
from sqlalchemy import update

from app.conversations.models import Conversation
from app.db import db
from app.web.formats import now
from tests.development.support import PLAN, at, make_goal, plan_in, read
from tests.support.builders import Persona
from tests.support.conversations import make_conversation
from tests.support.pages import CheckedClient
from tests.support.records import make_plan

OWN, SETTLED = "Niveau, jouw eigen inschatting", "Niveau, vastgesteld in het plan"


def test_what_both_confirmed_is_settled_and_what_she_adds_is_not(
    app: Flask, jet: CheckedClient, tom: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    first = make_goal(app, begeleider)
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    assert SETTLED in read(jet) and SETTLED in read(jet, f"{PLAN}/doelen/{first}") and SETTLED in read(tom, at(plan_id))
    added = make_goal(app, begeleider, behaviour="Ik doe er nog iets bij")
    for client, address, own in ((jet, PLAN, OWN), (tom, at(plan_id), "Niveau, eigen inschatting")):
        page = read(client, address)
        assert page.count(SETTLED) == 1 and page.count(own) == 1
    page = read(jet, f"{PLAN}/doelen/{added}")
    assert OWN in page and "Nog niet samen vastgesteld." in page and SETTLED not in page
    jet.send(at(plan_id, "heropen"), {"why": "Er kwam een doel bij."})
    assert read(jet).count(OWN) == 2
    seen = {"revision": str(plan_in(app, plan_id).revision)}
    for client in (jet, tom):
        assert client.send(at(plan_id, "bevestig"), seen).status_code == 303
    assert read(jet).count(SETTLED) == 2 and SETTLED in read(jet, f"{PLAN}/doelen/{added}")


def test_a_niveau_of_before_the_goal_is_told_as_such(
    app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    talk = make_conversation(app, begeleider, teamleider, fixed_at=now(), levels={"verwachtingsmanagement": 3})
    with app.app_context():
        db.session.execute(update(Conversation).where(Conversation.id == talk)
                           .values(fixed_at=now() - dt.timedelta(days=90)))
        db.session.commit()
    goal = make_goal(app, begeleider, level_now=2, level_target=3)
    page = read(jet, f"{PLAN}/doelen/{goal}")
    assert "Vóór dit doel, op" in page and "is met Tom Bakker niveau 3 vastgelegd." in page
    assert "Dat je nu op 2 begint, is nog niet samen vastgesteld." in page
