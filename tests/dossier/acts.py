"""What people do with evidence, as their browsers do it."""

from __future__ import annotations

import io
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from app.competencies.queries import current_framework
from app.db import db
from app.dossier.models import Evidence
from app.web.formats import today
from tests.support.pages import CheckedClient

SENTENCE = "Ik vroeg eerder door dan ik gewend was."


def topic(app: Flask, slug: str = "verwachtingen-ophalen") -> str:
    with app.app_context():
        return current_framework().catalog.competency_by_slug(slug).code


def typed(app: Flask, **changes: Any) -> dict[str, Any]:
    """What somebody fills in, without what belongs to a kind."""
    return {"title": "Een gesprek", "happened_on": today().isoformat(), "reflection": SENTENCE, "goal": "0",
            "competencies": [topic(app)], "seen_by": "ik"} | changes


def send(app: Flask, client: CheckedClient, content: bytes, name: str = "verslag.pdf", *,
         to: str = "/dossier/nieuw/bestand", **changes: Any) -> TestResponse:
    """Sends a piece of evidence with this file; the file comes last, as on the page."""
    file = FileStorage(io.BytesIO(content), filename=name)
    boundary, body = encode_multipart(typed(app, **changes) | {"file": file})
    return client.send(to, input_stream=io.BytesIO(body), content_type=f"multipart/form-data; boundary={boundary}")


def stored(app: Flask) -> set[str]:
    """The names of all files that are kept."""
    folder = app.config["SETTINGS"].uploads_dir
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def evidence(app: Flask, evidence_id: int | None = None) -> Evidence:
    """The one piece there is, or the one with this number."""
    with app.app_context():
        found = select(Evidence) if evidence_id is None else select(Evidence).where(Evidence.id == evidence_id)
        return db.session.scalars(found).one()
