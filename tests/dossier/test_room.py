"""One person keeps so many files and no more: she is told, and nothing of hers is lost."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from app.db import db
from app.dossier.models import Evidence, EvidenceKind
from app.dossier.storing import MOST_BYTES, MOST_FILES
from app.web.formats import now, today
from tests.dossier import files
from tests.dossier.acts import SENTENCE, send, stored
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient
from tests.support.records import make_evidence

FULL = "Je dossier is vol"


def keep_much(app: Flask, person: Persona, count: int, size: int) -> None:
    """So many files that she has, of so many bytes each."""
    with app.app_context():
        db.session.add_all(Evidence(
            organisation_id=person.organisation_id, person_id=person.id, kind=EvidenceKind.FILE, title="Oud",
            happened_on=today(), reflection=SENTENCE, file_name="oud.pdf", stored_name=f"{person.id:08x}{number:024x}",
            media_type="application/pdf", size=size, created_at=now(),
        ) for number in range(count))  # fmt: skip
        db.session.commit()


def rows(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(func.count()).select_from(Evidence)).one()


@pytest.mark.parametrize(("count", "size"), [(MOST_FILES, 1), (50, MOST_BYTES // 50)])
def test_no_more_fits(app: Flask, client: CheckedClient, begeleider: Persona, stranger: Persona, count: int,
                      size: int) -> None:
    keep_much(app, begeleider, count, size)
    before, kept = rows(app), stored(app)
    log_in(client, begeleider)
    page = send(app, client, files.pdf(), title="Mijn gesprek")
    assert page.status_code == 409
    assert FULL in page.text
    assert "Mijn gesprek" in page.text
    assert (rows(app), stored(app)) == (before, kept)
    log_in(client, stranger)
    assert send(app, client, files.pdf()).status_code == 303, "of somebody else nothing counts"


def test_what_goes_makes_room_and_another_file_takes_its_own_place(app: Flask, client: CheckedClient,
                                                                   begeleider: Persona) -> None:
    keep_much(app, begeleider, MOST_FILES - 1, 1)
    log_in(client, begeleider)
    number = make_evidence(app, begeleider, EvidenceKind.FILE)
    assert FULL in send(app, client, files.pdf(), title="Nog een").text
    assert send(app, client, files.pdf(padding=5), to=f"/dossier/bewijs/{number}/bewerken").status_code == 303
    with app.app_context():
        db.session.execute(delete(Evidence).where(Evidence.id == number))
        db.session.commit()
    assert send(app, client, files.pdf(), title="Nog een").status_code == 303
