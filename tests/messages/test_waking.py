"""Waking the worker when a letter was put."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db, wake
from app.messages import services
from app.messages.models import Message
from tests.messages.outbox import outbox, people, put
from tests.support.builders import make_organisation
from tests.support.databases import set_up


def test_the_worker_is_woken_after_the_commit_and_only_then(bare_app: Flask) -> None:
    set_up(bare_app)
    organisation_id = make_organisation(bare_app)
    found: list[int] = []

    def work() -> None:
        with db.engine.connect() as other:
            found.append(len(other.scalars(select(Message.id)).all()))

    wake(bare_app, services.PUT, work)
    with bare_app.app_context():
        services.put(organisation_id, "reset", "jet@dienst.example")
        db.session.rollback()
        db.session.commit()
        assert found == []
        with db.session.begin_nested():
            services.put(organisation_id, "reset", "jet@dienst.example")
        assert found == []
        db.session.commit()
        assert found == [1]
        db.session.execute(select(Message.id))
        db.session.commit()
        assert found == [1]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_worker_that_cannot_be_woken_fails_nobody(bare_app: Flask) -> None:
    set_up(bare_app)
    organisation_id = make_organisation(bare_app)

    def work() -> None:
        raise RuntimeError("on purpose")

    wake(bare_app, services.PUT, work)
    put(bare_app, organisation_id, *people(1))
    assert len(outbox(bare_app)) == 1
