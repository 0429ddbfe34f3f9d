from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts.models import Account
from app.competencies.models import FunctionProfile, PersonProfile
from app.db import db
from app.messages.models import Message
from app.people.models import Person
from tests.support.at_once import together
from tests.support.builders import PASSWORD, Persona, log_in, make_organisation, make_person, make_team
from tests.support.pages import CheckedClient, browser_of

NEW = {"name": "  Noor   el  Amrani ", "email": "Noor@Dienst.example"}
MARKUP = '<script>alert("x")</script> & \u202eomgekeerd 👩🏽‍🏫 ' + "x" * 60


@pytest.fixture
def signed_in(client: CheckedClient, beheerder: Persona) -> CheckedClient:
    log_in(client, beheerder)
    return client


def person_named(app: Flask, name: str) -> Person:
    from sqlalchemy.orm import joinedload, selectinload

    with app.app_context():
        return db.session.scalars(
            select(Person).where(Person.name == name).options(joinedload(Person.account),
                                                              selectinload(Person.memberships))
        ).one()


def messages(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        return [(m.template, m.recipient) for m in db.session.scalars(select(Message).order_by(Message.id))]


ADDRESSES = ["/beheer/mensen", "/beheer/mensen/nieuw", "/beheer/mensen/lijst", "/beheer/teams", "/beheer/postvak"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("who", ["begeleider", "teamleider", "hr"])
def test_only_for_the_beheerder(client: CheckedClient, request: pytest.FixtureRequest, who: str, address: str) -> None:
    log_in(client, request.getfixturevalue(who))
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_page_opens(signed_in: CheckedClient, address: str) -> None:
    assert signed_in.get(address).status_code == 200


# --- the list --------------------------------------------------------------------------------------------------------


def test_the_list_shows_and_finds(signed_in: CheckedClient, begeleider: Persona, teamleider: Persona,
                                  stranger: Persona) -> None:
    page = signed_in.get("/beheer/mensen")
    assert "Jet de Vries" in page.text
    assert "leidt Team Oost" in page.text
    assert "Vera Vreemd" not in page.text
    found = signed_in.submit(page, {"zoek": "vries"})
    assert "Jet de Vries" in found.text
    assert "Tom Bakker" not in found.text
    assert "Niemand gevonden" in signed_in.get("/beheer/mensen?zoek=vera").text


def test_hostile_names_stay_text(signed_in: CheckedClient, app: Flask, organisation_id: int) -> None:
    person = make_person(app, organisation_id, name=MARKUP, works_in=[make_team(app, organisation_id, MARKUP)])
    for address in ("/beheer/mensen", f"/beheer/mensen?zoek={MARKUP[:30]}", f"/beheer/mensen/{person.id}",
                    "/beheer/teams"):
        assert "<script>alert" not in signed_in.get(address).text


# --- adding ----------------------------------------------------------------------------------------------------------


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


# --- changing --------------------------------------------------------------------------------------------------------


def test_saving_without_a_change_changes_nothing(signed_in: CheckedClient, app: Flask, begeleider: Persona,
                                                 team_id: int) -> None:
    address = f"/beheer/mensen/{begeleider.id}"
    assert signed_in.submit(signed_in.get(address), to=address).location == "/beheer/mensen"
    same = person_named(app, "Jet de Vries")
    assert same.account.email == begeleider.email
    assert same.account.session_version == 1
    assert same.team_ids == {team_id}
    assert messages(app) == []


def test_everything_can_be_changed(signed_in: CheckedClient, app: Flask, begeleider: Persona, team_id: int,
                                   organisation_id: int) -> None:
    other = make_team(app, organisation_id, "Team West")
    address = f"/beheer/mensen/{begeleider.id}"
    fields = {"name": "Jet Smit", "email": "jet.smit@dienst.example", "roles": ["begeleider", "teamleider"],
              "works_in": [str(other)], "leads": [str(team_id)], "clusters": ["c1"], "sectors": ["mbo"]}
    assert signed_in.submit(signed_in.get(address), fields, to=address).status_code == 302
    jet = person_named(app, "Jet Smit")
    assert jet.account.email == "jet.smit@dienst.example"
    assert jet.team_ids == {other}
    assert jet.actor.leads == {team_id}
    assert messages(app) == [("email_changed", begeleider.email)]


def test_a_new_address_of_somebody_who_was_invited_is_invited(signed_in: CheckedClient, app: Flask,
                                                              organisation_id: int) -> None:
    invited = make_person(app, organisation_id, invited_only=True)
    address = f"/beheer/mensen/{invited.id}"
    signed_in.submit(signed_in.get(address), to=f"{address}/uitnodigen")
    signed_in.submit(signed_in.get(address), {"email": "goed@dienst.example"}, to=address)
    assert messages(app) == [("invite", invited.email), ("invite", "goed@dienst.example")]


def test_a_taken_address_changes_nothing_else_either(signed_in: CheckedClient, app: Flask, begeleider: Persona,
                                                     teamleider: Persona, stranger: Persona) -> None:
    address = f"/beheer/mensen/{begeleider.id}"
    page = signed_in.get(address)
    for taken, says in ((teamleider.email, "al van Tom Bakker"), (stranger.email, "kan niet worden gebruikt")):
        response = signed_in.submit(page, {"name": "Anders", "email": taken}, to=address)
        assert response.status_code == 422
        assert says in response.text
    assert person_named(app, "Jet de Vries").account.email == begeleider.email


@pytest.mark.parametrize("method", ["get", "post", "invite"])
@pytest.mark.parametrize("which", ["elsewhere", "unknown", "huge"])
def test_who_is_not_hers_does_not_exist(signed_in: CheckedClient, app: Flask, stranger: Persona, method: str,
                                        which: str) -> None:
    number = {"elsewhere": stranger.id, "unknown": 99_999, "huge": 10**30}[which]
    address = f"/beheer/mensen/{number}"
    response = {"get": lambda: signed_in.get(address), "post": lambda: signed_in.send(address, NEW),
                "invite": lambda: signed_in.send(f"{address}/uitnodigen")}[method]()
    assert response.status_code == 404
    assert person_named(app, "Vera Vreemd").account.email == stranger.email


def test_somebody_who_left_cannot_sign_in_and_comes_back(signed_in: CheckedClient, app: Flask,
                                                         begeleider: Persona) -> None:
    hers = app.test_client()
    log_in(hers, begeleider)
    address = f"/beheer/mensen/{begeleider.id}"
    signed_in.submit(signed_in.get(address), {"active": []}, to=address)
    assert not person_named(app, "Jet de Vries").active
    assert hers.get("/account").status_code == 302
    assert "Niet meer actief" in signed_in.get("/beheer/mensen").text
    signed_in.submit(signed_in.get(address), {"active": "y"}, to=address)
    assert hers.get("/account").status_code == 302      # the session of before stays ended
    hers.submit(hers.get("/inloggen"), {"email": begeleider.email, "password": PASSWORD})
    assert hers.get("/account").status_code == 200


def test_leaving_ends_an_invitation(signed_in: CheckedClient, app: Flask, organisation_id: int) -> None:
    invited = make_person(app, organisation_id, invited_only=True)
    address = f"/beheer/mensen/{invited.id}"
    signed_in.submit(signed_in.get(address), to=f"{address}/uitnodigen")
    signed_in.submit(signed_in.get(address), {"active": []}, to=address)
    signed_in.submit(signed_in.get(address), {"active": "y"}, to=address)
    assert "is verlopen" in signed_in.get(address).text


# --- the last beheerder ----------------------------------------------------------------------------------------------


def test_the_last_beheerder_stays_beheerder(signed_in: CheckedClient, app: Flask, beheerder: Persona,
                                            organisation_id: int, stranger: Persona) -> None:
    make_person(app, organisation_id, roles=["beheerder"], active=False)        # whoever left does not count
    make_person(app, stranger.organisation_id, roles=["beheerder"])             # nor somebody elsewhere
    address = f"/beheer/mensen/{beheerder.id}"
    response = signed_in.submit(signed_in.get(address), {"roles": ["begeleider"]}, to=address)
    assert response.status_code == 422
    assert "Dit is de enige beheerder" in response.text
    assert person_named(app, "Bea Jansen").roles == {"beheerder"}


def test_nobody_puts_herself_out(signed_in: CheckedClient, app: Flask, beheerder: Persona,
                                 organisation_id: int) -> None:
    make_person(app, organisation_id, roles=["beheerder"])
    address = f"/beheer/mensen/{beheerder.id}"
    response = signed_in.submit(signed_in.get(address), {"active": []}, to=address)
    assert response.status_code == 422
    assert "Jezelf kun je niet uitzetten" in response.text
    assert person_named(app, "Bea Jansen").active


def test_with_a_second_one_she_may_hand_it_over(signed_in: CheckedClient, app: Flask, beheerder: Persona,
                                                organisation_id: int) -> None:
    make_person(app, organisation_id, roles=["beheerder"])
    address = f"/beheer/mensen/{beheerder.id}"
    response = signed_in.submit(signed_in.get(address), {"roles": ["begeleider"]}, to=address)
    assert response.location == "/start"
    assert signed_in.get("/start").status_code == 200
    assert signed_in.get("/beheer/mensen").status_code == 403


def test_her_own_name_and_roles_can_be_changed(signed_in: CheckedClient, app: Flask, beheerder: Persona) -> None:
    address = f"/beheer/mensen/{beheerder.id}"
    fields = {"name": "Bea de Boer", "email": "bea@dienst.example", "roles": ["beheerder", "hr"]}
    assert signed_in.submit(signed_in.get(address), fields, to=address).location == "/beheer/mensen"
    assert person_named(app, "Bea de Boer").roles == {"beheerder", "hr"}
    assert signed_in.get("/beheer/mensen").status_code == 200


def test_two_who_strip_each_other_leave_one(app: Flask, beheerder: Persona, organisation_id: int) -> None:
    second = make_person(app, organisation_id, roles=["beheerder"], name="Ben Smit")

    def stripping(who: Persona, whom: Persona) -> Callable[[], TestResponse]:
        client, address = browser_of(app, who), f"/beheer/mensen/{whom.id}"
        return partial(client.submit, client.get(address), {"roles": ["begeleider"]}, to=address)

    together(stripping(beheerder, second), stripping(second, beheerder))
    left = [person_named(app, name).roles for name in ("Bea Jansen", "Ben Smit")]
    assert sum("beheerder" in roles for roles in left) == 1


# --- invitations -----------------------------------------------------------------------------------------------------


def invitation_link(page) -> str:
    import re

    found = re.search(r"http://localhost(/wachtwoord/[^<]+)<", page.text)
    assert found
    return found[1]


def test_a_link_can_be_handed_over_until_a_password_is_chosen(signed_in: CheckedClient, app: Flask,
                                                              organisation_id: int) -> None:
    signed_in.submit(signed_in.get("/beheer/mensen/nieuw"), NEW)
    noor = person_named(app, "Noor el Amrani")
    link = invitation_link(signed_in.get(f"/beheer/mensen/{noor.id}"))
    hers = app.test_client()
    chosen = "lantaarn boven de sloot"
    hers.submit(hers.get(link), {"new_password": chosen, "password_again": chosen})
    page = signed_in.get(f"/beheer/mensen/{noor.id}")
    assert "/wachtwoord/" not in page.text
    assert "uitnodigen" not in page.text
    assert "Doet mee" in signed_in.get("/beheer/mensen?zoek=noor").text


def test_a_new_invitation_ends_the_one_before(signed_in: CheckedClient, app: Flask) -> None:
    signed_in.submit(signed_in.get("/beheer/mensen/nieuw"), NEW)
    address = f"/beheer/mensen/{person_named(app, 'Noor el Amrani').id}"
    first = invitation_link(signed_in.get(address))
    assert signed_in.submit(signed_in.get(address), to=f"{address}/uitnodigen").location == address
    second = invitation_link(signed_in.get(address))
    hers = app.test_client()
    assert [hers.get(first).status_code, hers.get(second).status_code] == [410, 200]
    assert messages(app) == [("invite", "noor@dienst.example")] * 2


def test_who_has_a_password_is_never_invited(signed_in: CheckedClient, app: Flask, begeleider: Persona) -> None:
    assert signed_in.send(f"/beheer/mensen/{begeleider.id}/uitnodigen").status_code == 302
    assert "geen uitnodiging meer nodig" in signed_in.get("/beheer/mensen").text
    assert messages(app) == []


def test_a_reset_link_is_never_shown_to_the_beheerder(signed_in: CheckedClient, app: Flask,
                                                      begeleider: Persona) -> None:
    hers = app.test_client()
    hers.submit(hers.get("/wachtwoord-vergeten"), {"email": begeleider.email})
    for address in (f"/beheer/mensen/{begeleider.id}", "/beheer/mensen", "/beheer/postvak"):
        assert "/wachtwoord/" not in signed_in.get(address).text


# --- a pasted list ---------------------------------------------------------------------------------------------------


def paste(client: CheckedClient, lines: str, **fields: str):
    return client.submit(client.get("/beheer/mensen/lijst"), {"lines": lines} | fields)


def test_a_whole_list_is_added(signed_in: CheckedClient, app: Flask, team_id: int) -> None:
    response = paste(signed_in, "Noor; noor@dienst.example\nTim\ttim@dienst.example\n", team=str(team_id))
    assert response.location == "/beheer/mensen"
    assert "2 mensen zijn toegevoegd" in signed_in.get(response.location).text
    assert person_named(app, "Noor").team_ids == person_named(app, "Tim").team_ids == {team_id}
    assert messages(app) == [("invite", "noor@dienst.example"), ("invite", "tim@dienst.example")]


def test_lines_that_cannot_be_added_stay_and_say_why(signed_in: CheckedClient, app: Flask, begeleider: Persona,
                                                     stranger: Persona) -> None:
    lines = ["Noor; noor@dienst.example", "zonder adres", "tim@dienst.example", "Mis; mis@", "Jet; " + begeleider.email,
             "Vera; " + stranger.email, "Noor weer; noor@dienst.example", "<b>Vet</b> niets"]
    response = paste(signed_in, "\n".join(lines))
    assert response.status_code == 200
    for says in ("1 persoon is toegevoegd", "7 regels zijn niet toegevoegd", "Regel 2: er staat geen e-mailadres",
                 "Regel 3: er staat geen naam bij", "Regel 4: dit is geen e-mailadres",
                 "Regel 5: dit adres is al van Jet de Vries", "Regel 6: dit adres kan niet worden gebruikt",
                 "Regel 7: dit adres staat er twee keer"):
        assert says in response.text, says
    assert "Vera Vreemd" not in response.text
    assert "<b>Vet" not in response.text
    assert messages(app) == [("invite", "noor@dienst.example")]
    # nothing is doubled when it is sent again
    again = signed_in.submit(response)
    assert again.status_code == 422
    assert len(messages(app)) == 1


@pytest.mark.parametrize("lines", ["", "  \n \n", "\n".join(f"N{n}; n{n}@dienst.example" for n in range(501))])
def test_nothing_and_too_much_are_refused(signed_in: CheckedClient, app: Flask, lines: str) -> None:
    assert paste(signed_in, lines).status_code == 422
    assert messages(app) == []


def test_a_team_of_another_organisation_is_refused(signed_in: CheckedClient, app: Flask, stranger: Persona) -> None:
    theirs = make_team(app, stranger.organisation_id)
    fields = {"lines": "Noor; noor@dienst.example", "team": str(theirs)}
    assert signed_in.send("/beheer/mensen/lijst", fields).status_code == 422
    assert messages(app) == []


def test_another_organisation_has_its_own_people(signed_in: CheckedClient, app: Flask) -> None:
    elsewhere = make_organisation(app, "Dienst Zuid")
    signed_in.submit(signed_in.get("/beheer/mensen/nieuw"), NEW)
    with app.app_context():
        assert not db.session.scalars(select(Person).where(Person.organisation_id == elsewhere)).all()
        assert not db.session.scalars(select(Account).where(Account.organisation_id == elsewhere)).all()
