"""What came out of a round is not a self-assessment: until it is released nothing of it shows on other pages."""

from __future__ import annotations

import re

from flask import Flask

from app.assessments.models import Measurement, StoredCell
from app.competencies.queries import current_framework
from app.db import db
from app.rounds.models import RoundSubject
from app.web.formats import now
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient
from tests.support.records import make_measurement
from tests.support.rounds import make_round


def make_measurement_of_a_round(app: Flask, person: Persona) -> int:
    with app.app_context():
        measurement = Measurement(
            organisation_id=person.organisation_id, subject_id=person.id, question_set="kern",
            framework_version_id=current_framework().version_id, closed_at=now(),
            cells=[
                StoredCell(organisation_id=person.organisation_id, rater_group=group, item_code="VM1", raters=4,
                           mean=1.7, indicator_means={}, spread=0.7 if group == "collega" else None)
                for group in ("collega", "zelf")
            ],
        )
        db.session.add(measurement)
        db.session.commit()
        return measurement.id


def test_a_round_shows_nowhere_as_a_self_assessment(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    make_measurement(app, begeleider, "focus", score=4)
    log_in(client, begeleider)
    addresses = ("/start", "/metingen", "/profiel", "/ontwikkelplan",
                 "/ontwikkelplan/doelen/nieuw?competentie=verwachtingen-ophalen")

    def shown() -> dict[str, str]:
        return {address: re.sub(r'<input type="hidden"[^>]*>', "", client.get(address).text) for address in addresses}

    before = shown()
    of_round = make_measurement_of_a_round(app, begeleider)
    assert shown() == before
    for address in (f"/profiel/{of_round}", f"/profiel/{of_round}/verwachtingen-ophalen"):
        assert client.get(address).status_code == 404


def test_a_round_that_was_released_leads_to_its_profile(app: Flask, client: CheckedClient, teamleider: Persona,
                                                         begeleider: Persona) -> None:
    made = make_round(app, teamleider, [begeleider], state="released", opened_days_ago=60)
    of_round = make_measurement_of_a_round(app, begeleider)
    with app.app_context():
        part = db.session.get_one(RoundSubject, made.part_ids[0])
        part.measurement_id, part.released_at = of_round, now()
        db.session.commit()
    log_in(client, begeleider)
    assert "Najaarsronde" in client.get("/metingen").text
    page = client.get(f"/feedback/{made.part_ids[0]}").text
    assert "Najaarsronde" in page and f'href="/profiel/{of_round}"' in page
    assert client.get(f"/profiel/{of_round}").status_code == 200


def test_who_was_asked_about_by_nobody_has_no_profile(app: Flask, client: CheckedClient, teamleider: Persona,
                                                      begeleider: Persona) -> None:
    """Every part of a closed round gets a measurement, also when nobody was approved."""
    made = make_round(app, teamleider, [begeleider], {}, state="closed", opened_days_ago=60)
    of_round = make_measurement_of_a_round(app, begeleider)
    with app.app_context():
        part = db.session.get_one(RoundSubject, made.part_ids[0])
        part.measurement_id, part.approved_at = of_round, None
        db.session.commit()
    log_in(client, teamleider)
    page = client.get(f"/rondes/{made.round_id}").text
    assert "geen profiel" in page and "profiel is klaar" not in page
