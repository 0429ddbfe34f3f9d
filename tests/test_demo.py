"""The demo dienst: what the README promises of it."""

from __future__ import annotations

import datetime as dt

from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import PasswordLink
from app.assessments.models import Measurement, SelfNote, StoredCell
from app.competencies.models import FrameworkVersion
from app.db import db
from app.development.models import Goal
from app.organisations.models import Organisation, Team
from app.people.models import Person
from app.web.formats import now
from seed.demo.build import LOG_INS, PASSWORD, build_demo
from tests.support.pages import CheckedClient

ROLES = ("begeleider", "teamleider", "hr", "beheerder")


def count(model: type[object]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_the_demo_has_a_past_and_everybody_can_sign_in(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        build_demo()
        db.session.commit()
        assert db.session.scalars(select(Organisation.demo)).all() == [True]
        assert count(Team) == 4
        assert 36 <= count(Person) <= 44
        assert count(Goal) >= 5
        measured = db.session.execute(select(Measurement.subject_id, func.count()).group_by(Measurement.subject_id))
        assert all(times >= 2 for _, times in measured)
        closed = db.session.scalars(select(Measurement.closed_at)).all()
        assert min(closed) < now() - dt.timedelta(days=550)
        assert max(closed) < now()
        open_until = db.session.scalars(select(PasswordLink.expires_at)).all()
        assert open_until
        assert all(until > now() for until in open_until)
        remarks = " ".join(db.session.scalars(select(SelfNote.remark)))
        assert "<script>" in remarks
        assert "שלום" in remarks
        assert db.session.scalars(select(FrameworkVersion.pinned_at)).one() is not None
    assert len(LOG_INS) == 4
    for role in ROLES:
        browser = app.test_client()
        answer = browser.submit(browser.get("/inloggen"), {"email": f"{role}@dienst.example", "password": PASSWORD})
        assert answer.location == "/start"
        assert "Wat nu?" in browser.get("/start").text
    client.submit(client.get("/inloggen"), {"email": "begeleider@dienst.example", "password": PASSWORD})
    for address in ("/profiel", "/metingen", "/ontwikkelplan"):
        assert client.get(address).status_code == 200


def test_the_same_day_gives_the_same_demo(app: Flask) -> None:
    cells = select(Measurement.closed_at, StoredCell.item_code, StoredCell.mean).join(Measurement.cells)
    seen = []
    for _ in range(2):
        with app.app_context():
            build_demo()
            seen.append(sorted(tuple(row) for row in db.session.execute(cells)))
            db.session.rollback()
    assert len(seen[0]) > 1000
    assert seen[0] == seen[1]
