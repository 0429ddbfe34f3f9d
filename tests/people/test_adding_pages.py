import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Account
from app.competencies.models import FunctionProfile, PersonProfile
from app.db import db
from app.people.models import Person
from tests.people.kept import NEW, messages, person_named
from tests.support.builders import Persona, make_organisation, make_person, make_team
from tests.support.pages import CheckedClient


def test_somebody_new_is_added_and_invited(signed_in: CheckedClient, app: Flask, team_id: int,
                                           organisation_id: int) -> None:
    fields = NEW | {"roles": ["begeleider", "hr"], "works_in": [str(team_id)], "clusters": ["c2", "c4"],
                    "sectors": ["po", "so-vso"]}
    response = signed_in.submit(signed_in.get("/beheer/mensen/nieuw"), fields)
    noor = person_named(app, "Noor el Amrani")
    assert response.location == f"/beheer/mensen/{noor.id}"
    assert noor.account.email == "noor@dienst.example"
    assert noor.account.password_hash is None
    assert noor.organisation_id == organisation_id
    assert noor.roles == {"begeleider", "hr"}
    assert noor.team_ids == {team_id}
    assert (noor.clusters, noor.sectors) == ({"c2", "c4"}, {"po", "so-vso"})
    assert noor.active
    assert messages(app) == [("invite", "noor@dienst.example")]
    page = signed_in.get(response.location)
    assert "Noor el Amrani is toegevoegd" in page.text
    assert "http://localhost/wachtwoord/" in page.text


@pytest.mark.parametrize(("fields", "says"), [
    ({"name": ""}, "Vul een naam in"),
    ({"name": "   "}, "Vul een naam in"),
    ({"name": "x" * 121}, "hoogstens 120"),
    ({"email": ""}, "Vul een e-mailadres in"),
    ({"email": "jet"}, "Dit is geen e-mailadres"),
    ({"email": "jét@dienst.example"}, "Dit is geen e-mailadres"),
    ({"email": "jet@dienst.example\nBcc: allen@dienst.example"}, "Dit is geen e-mailadres"),
    ({"roles": []}, "Kies minstens één rol"),
    ({"roles": ["directeur"]}, "Deze keuze is er niet"),
    ({"works_in": ["x"]}, "Deze keuze is er niet"),
    ({"works_in": ["99999999999999999999"]}, "Deze keuze is er niet"),
    ({"clusters": ["c9"]}, "Deze keuze is er niet"),
    ({"sectors": ["hbo"]}, "Deze keuze is er niet"),
    ({"discussion_partner": "12345"}, "Deze keuze is er niet"),
    ({"discussion_partner": "x"}, "Deze keuze is er niet"),
    ({"function_profile": "12345"}, "Deze keuze is er niet"),
])
def test_what_is_refused_says_why_and_changes_nothing(signed_in: CheckedClient, app: Flask, team_id: int,
                                                      fields: dict[str, object], says: str) -> None:
    response = signed_in.submit(signed_in.get("/beheer/mensen/nieuw"), NEW | {"roles": ["begeleider"]} | fields)
    assert response.status_code == 422
    assert says in response.text
    assert messages(app) == []


def test_refused_text_stays_in_the_form(signed_in: CheckedClient, team_id: int) -> None:
    fields = {"name": "Noor", "email": "mis", "works_in": [str(team_id)]}
    response = signed_in.submit(signed_in.get("/beheer/mensen/nieuw"), fields)
    assert 'value="Noor"' in response.text
    assert 'value="mis"' in response.text
    assert f'value="{team_id}" checked' in response.text


def test_an_address_is_used_once(signed_in: CheckedClient, app: Flask, begeleider: Persona, stranger: Persona) -> None:
    page = signed_in.get("/beheer/mensen/nieuw")
    own = signed_in.submit(page, NEW | {"email": begeleider.email.upper()})
    assert own.status_code == 422
    assert "Dit adres is al van Jet de Vries" in own.text
    elsewhere = signed_in.submit(page, NEW | {"email": stranger.email})
    assert elsewhere.status_code == 422
    assert "Dit adres kan niet worden gebruikt" in elsewhere.text
    assert "Vera" not in elsewhere.text
    assert messages(app) == []


def test_teams_and_partners_of_another_organisation_cannot_be_chosen(signed_in: CheckedClient, app: Flask,
                                                                     stranger: Persona) -> None:
    theirs = make_team(app, stranger.organisation_id)
    with app.app_context():
        profile_id = db.session.scalars(
            select(FunctionProfile.id).where(FunctionProfile.organisation_id == stranger.organisation_id)).first()
    page = signed_in.get("/beheer/mensen/nieuw")
    for fields in ({"works_in": [str(theirs)]}, {"leads": [str(theirs)], "roles": ["teamleider"]},
                   {"discussion_partner": str(stranger.id)}, {"function_profile": str(profile_id)}):
        typed = {"roles": ["begeleider"], "csrf_token": signed_in.csrf_token()} | NEW | fields
        response = signed_in.post("/beheer/mensen/nieuw", data=typed)
        assert (response.status_code, "Deze keuze is er niet" in response.text) == (422, True), fields
    assert page.status_code == 200


def test_leading_a_team_goes_with_the_role(signed_in: CheckedClient, app: Flask, team_id: int) -> None:
    page = signed_in.get("/beheer/mensen/nieuw")
    without = signed_in.submit(page, NEW | {"leads": [str(team_id)]})
    assert "heeft ook de rol teamleider" in without.text
    both = signed_in.submit(page, NEW | {"roles": ["teamleider"], "leads": [str(team_id)], "works_in": [str(team_id)]})
    assert "Kies per team één van de twee" in both.text
    assert signed_in.submit(page, NEW | {"roles": ["teamleider"], "leads": [str(team_id)]}).status_code == 302
    assert person_named(app, "Noor el Amrani").actor.leads == {team_id}


def test_a_gesprekspartner_is_for_a_begeleider_without_a_team(signed_in: CheckedClient, app: Flask, team_id: int,
                                                              teamleider: Persona) -> None:
    page = signed_in.get("/beheer/mensen/nieuw")
    partner = {"discussion_partner": str(teamleider.id)}
    assert "niet in een team werkt" in signed_in.submit(page, NEW | partner | {"works_in": [str(team_id)]}).text
    assert "is er voor begeleiders" in signed_in.submit(page, NEW | partner | {"roles": ["hr"]}).text
    assert signed_in.submit(page, NEW | partner).status_code == 302
    assert person_named(app, "Noor el Amrani").discussion_partner_id == teamleider.id


def test_nobody_is_her_own_gesprekspartner(signed_in: CheckedClient, app: Flask, organisation_id: int) -> None:
    loner = make_person(app, organisation_id)
    page = signed_in.get(f"/beheer/mensen/{loner.id}")
    response = signed_in.submit(page, {"discussion_partner": str(loner.id)}, to=f"/beheer/mensen/{loner.id}")
    assert response.status_code == 422


def test_a_partner_who_left_stays_until_another_is_chosen(signed_in: CheckedClient, app: Flask,
                                                          organisation_id: int) -> None:
    left = make_person(app, organisation_id, active=False, name="Aad Weg")
    other_left = make_person(app, organisation_id, active=False, name="Bob Weg")
    loner = make_person(app, organisation_id, discussion_partner_id=left.id)
    page = signed_in.get(f"/beheer/mensen/{loner.id}")
    assert "Aad Weg (niet meer actief)" in page.text
    assert "Bob Weg" not in page.text
    assert signed_in.submit(page, to=f"/beheer/mensen/{loner.id}").status_code == 302
    fields = {"discussion_partner": str(other_left.id)}
    assert signed_in.submit(page, fields, to=f"/beheer/mensen/{loner.id}").status_code == 422


def test_a_function_profile_is_chosen_and_taken_back(signed_in: CheckedClient, app: Flask, organisation_id: int,
                                                     begeleider: Persona) -> None:
    with app.app_context():
        profile = FunctionProfile(organisation_id=organisation_id, name="Senior")
        db.session.add(profile)
        db.session.commit()
        profile_id = profile.id
    address = f"/beheer/mensen/{begeleider.id}"

    def chosen() -> list[int]:
        with app.app_context():
            return list(db.session.scalars(select(PersonProfile.profile_id)))

    signed_in.submit(signed_in.get(address), {"function_profile": str(profile_id)}, to=address)
    assert chosen() == [profile_id]
    page = signed_in.get(address)
    assert f'selected value="{profile_id}"' in page.text
    signed_in.submit(page, {"function_profile": ""}, to=address)
    assert chosen() == []


def test_another_organisation_has_its_own_people(signed_in: CheckedClient, app: Flask) -> None:
    elsewhere = make_organisation(app, "Dienst Zuid")
    signed_in.submit(signed_in.get("/beheer/mensen/nieuw"), NEW)
    with app.app_context():
        assert not db.session.scalars(select(Person).where(Person.organisation_id == elsewhere)).all()
        assert not db.session.scalars(select(Account).where(Account.organisation_id == elsewhere)).all()
