"""The pages of the framework and of the function profiles."""

from __future__ import annotations

import pytest
from flask import Flask
from markupsafe import escape

from app.competencies import queries, seeding, services
from app.competencies.models import FunctionProfile
from app.db import db
from tests.support.builders import Persona, log_in, make_person
from tests.support.pages import CheckedClient
from tests.support.statements import statements


@pytest.fixture(params=["begeleider", "teamleider", "hr", "beheerder"])
def somebody(request: pytest.FixtureRequest) -> Persona:
    person: Persona = request.getfixturevalue(request.param)
    return person


def test_anybody_who_is_signed_in_can_read_the_framework(client: CheckedClient, somebody: Persona) -> None:
    log_in(client, somebody)
    page = client.get("/raamwerk")
    assert page.status_code == 200
    catalog = seeding.read_framework()
    for name in [c.name for c in catalog.competencies] + [r.name for r in catalog.roles]:
        assert escape(name) in page.text
    assert "concept" in page.text
    assert "0.2-concept" in page.text


def test_every_competency_role_and_aspect_has_its_page(client: CheckedClient, begeleider: Persona) -> None:
    log_in(client, begeleider)
    catalog = seeding.read_framework()
    for competency in catalog.competencies:
        page = client.get(f"/raamwerk/{competency.slug}")
        assert page.status_code == 200
        for indicator in competency.indicators:
            assert escape(indicator.self) in page.text
        assert catalog.role(competency.main_role).name in page.text
    for role in catalog.roles:
        assert escape(role.description) in client.get(f"/raamwerk/rollen/{role.code}").text
    for aspect in catalog.aspects:
        assert client.get(f"/raamwerk/aspecten/{aspect.code}").status_code == 200


def test_a_competency_quotes_its_source_with_the_title(client: CheckedClient, begeleider: Persona) -> None:
    log_in(client, begeleider)
    page = client.get("/raamwerk/verwachtingen-ophalen").text
    assert "Niveaus van verwachtingsmanagement" in page
    assert "‘Het vragen naar de verwachtingen en wensen van de klant’" in page
    assert "De ambulant begeleider van 2020 (VHZ, februari 2011)" in page


@pytest.mark.parametrize("address", ["/raamwerk/nergens", "/raamwerk/rollen/baas", "/raamwerk/aspecten/niets"])
def test_what_does_not_exist(client: CheckedClient, begeleider: Persona, address: str) -> None:
    log_in(client, begeleider)
    assert client.get(address).status_code == 404


def test_the_framework_costs_few_statements(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    log_in(client, begeleider)
    client.get("/raamwerk")
    with statements(app) as seen:
        client.get("/raamwerk/luisteren")
    assert len(seen) <= 3, "\n".join(seen)


def test_the_beheerder_adjusts_a_function_profile(app: Flask, client: CheckedClient, beheerder: Persona) -> None:
    log_in(client, beheerder)
    with app.app_context():
        (profile,) = queries.function_profiles_in_use(beheerder.organisation_id)
    page = client.get(f"/beheer/functieprofielen/{profile.id}")
    answer = client.submit(page, {"name": "Begeleider", "target-VM1": "4.5", "importance-VM1": "2"})
    assert answer.status_code == 302
    with app.app_context():
        targets = queries.function_profile_of(0, beheerder.organisation_id)
    assert (targets.name, targets.target_score("VM1"), targets.importance("VM1")) == ("Begeleider", 4.5, 2)
    assert targets.target_score("RM1") == 4.0


@pytest.mark.parametrize(("field", "value"), [("name", " "), ("target-VM1", "9"), ("importance-VM1", "veel")])
def test_a_wrong_function_profile_changes_nothing(
    app: Flask, client: CheckedClient, beheerder: Persona, field: str, value: str
) -> None:
    log_in(client, beheerder)
    with app.app_context():
        (profile,) = queries.function_profiles_in_use(beheerder.organisation_id)
        before = queries.targets_of(profile.id)
    page = client.get(f"/beheer/functieprofielen/{profile.id}")
    fields = {"name": "Nieuw", field: value}
    answer = client.send(f"/beheer/functieprofielen/{profile.id}", fields)
    assert page.status_code == 200
    assert answer.status_code == 422
    with app.app_context():
        assert queries.targets_of(profile.id) == before


def test_copy_then_remove(app: Flask, client: CheckedClient, beheerder: Persona) -> None:
    log_in(client, beheerder)
    with app.app_context():
        (profile,) = queries.function_profiles_in_use(beheerder.organisation_id)
    for _ in range(2):
        assert client.send(f"/beheer/functieprofielen/{profile.id}/kopie").status_code == 302
    with app.app_context():
        names = {p.name: p.id for p in queries.function_profiles_in_use(beheerder.organisation_id)}
        assert queries.targets_of(names["Kopie van Ambulant begeleider"]).target_score("RM1") == 4.0
    assert len(names) == 3
    assert client.send(f"/beheer/functieprofielen/{names['Kopie van Ambulant begeleider']}/weg").status_code == 302
    assert client.send(f"/beheer/functieprofielen/{profile.id}/weg").status_code == 409
    with app.app_context():
        assert len(queries.function_profiles_in_use(beheerder.organisation_id)) == 2


def test_the_list_counts_for_whom_a_profile_holds(
    app: Flask, client: CheckedClient, beheerder: Persona, teamleider: Persona, begeleider: Persona, stranger: Persona
) -> None:
    """For begeleiders: it says what their work asks. What somebody else was given stays too."""
    organisation_id = beheerder.organisation_id
    make_person(app, organisation_id, roles=["begeleider", "beheerder"])
    log_in(client, beheerder)

    def told() -> list[tuple[int, bool]]:
        return [(one.people, one.given) for one in queries.function_profiles_in_use(organisation_id)]

    with app.app_context():
        (profile,) = queries.function_profiles_in_use(organisation_id)
        assert told() == [(2, False)]
        copy_id = services.copy_profile(db.session.get_one(FunctionProfile, profile.id), "Ander {name}").id
        services.assign_profile(organisation_id, begeleider.id, copy_id)
        db.session.commit()
        assert told() == [(1, False), (1, True)]
    page = client.get("/beheer/functieprofielen").text
    assert page.count("Dit profiel geldt voor 1 begeleider.") == 2 and "Haal weg" not in page
    with app.app_context():
        services.assign_profile(organisation_id, begeleider.id, None)
        services.assign_profile(organisation_id, teamleider.id, copy_id)
        db.session.commit()
        assert told() == [(2, False), (0, True)]
    page = client.get("/beheer/functieprofielen").text
    assert "geldt nu voor geen enkele begeleider" in page and "Haal weg" not in page


def test_a_name_is_used_once(app: Flask, client: CheckedClient, beheerder: Persona) -> None:
    log_in(client, beheerder)
    with app.app_context():
        (profile,) = queries.function_profiles_in_use(beheerder.organisation_id)
    copy = client.send(f"/beheer/functieprofielen/{profile.id}/kopie").headers["Location"]
    answer = client.submit(client.get(copy), {"name": profile.name})
    assert answer.status_code == 422
    assert "Er is al een functieprofiel met deze naam." in answer.text


def test_another_organisation_has_its_own(
    app: Flask, client: CheckedClient, beheerder: Persona, stranger: Persona
) -> None:
    with app.app_context():
        (theirs,) = queries.function_profiles_in_use(stranger.organisation_id)
        db.session.rollback()
    log_in(client, beheerder)
    for address in (f"/beheer/functieprofielen/{theirs.id}",):
        assert client.get(address).status_code == 404
        assert client.send(address, {"name": "Van mij"}).status_code == 404
    assert client.send(f"/beheer/functieprofielen/{theirs.id}/kopie").status_code == 404
    assert client.send(f"/beheer/functieprofielen/{theirs.id}/weg").status_code == 404
