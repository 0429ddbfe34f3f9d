"""Choosing people as the subject, and adding them through the one door that she and her approver share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.db import db
from app.measurement.scale import Group
from app.rounds.invitations import Decline, State, relations_of
from app.rounds.models import Invitation, Round, RoundGroup, RoundSubject
from app.web.formats import today
from tests.support.builders import Persona, log_in, make_person
from tests.support.pages import CheckedClient
from tests.support.rounds import make_round


@pytest.fixture
def part_id(app: Flask, begeleider: Persona, teamleider: Persona) -> int:
    """Jet may choose; nobody is chosen yet."""
    return make_round(app, teamleider, [begeleider], {}, state="choosing", opened_days_ago=-14).part_ids[0]


@pytest.fixture
def jet(client: CheckedClient, begeleider: Persona) -> CheckedClient:
    log_in(client, begeleider)
    return client


def on_list(app: Flask, part_id: int) -> list[tuple[str, str | None, str]]:
    with app.app_context():
        rows = db.session.scalars(select(Invitation).where(Invitation.round_subject_id == part_id)
                                  .order_by(Invitation.id))
        return [(row.name, row.email, row.state) for row in rows]


def change(app: Flask, part_id: int, **values: object) -> None:
    with app.app_context():
        part = db.session.get_one(RoundSubject, part_id)
        planned = db.session.get_one(Round, part.round_id)
        for name, value in values.items():
            setattr(part if hasattr(RoundSubject, name) else planned, name, value)
        db.session.commit()


def paste(client: CheckedClient, part_id: int, lines: Sequence[str], group: str = "school") -> TestResponse:
    relation = relations_of(group)[0].code
    return client.send(f"/feedback/{part_id}/mensen/{group}", {"relation": relation, "lines": "\n".join(lines)})


def test_her_round_says_what_happens_when(jet: CheckedClient, part_id: int) -> None:
    page = jet.get(f"/feedback/{part_id}")
    assert page.status_code == 200
    assert "Leren van wat anderen zien in mijn werk op scholen." in page.text
    assert "Tom Bakker krijgt vanzelf een vraag" in page.text
    assert "Er is nog niemand gekozen." in page.text


def test_others_do_not_find_it(app: Flask, client: CheckedClient, part_id: int, teamleider: Persona, stranger: Persona,
                               team_id: int) -> None:
    colleague = make_person(app, teamleider.organisation_id, works_in=[team_id])
    for who in (colleague, stranger):
        log_in(client, who)
        assert client.get(f"/feedback/{part_id}").status_code == 404
        assert client.get(f"/feedback/{part_id}/mensen").status_code == 404
        assert paste(client, part_id, ["An Bos; an@klimop.nl"]).status_code == 404
    assert on_list(app, part_id) == []


def test_a_concept_does_not_exist_for_her(app: Flask, jet: CheckedClient, part_id: int) -> None:
    change(app, part_id, state="concept")
    assert jet.get(f"/feedback/{part_id}").status_code == 404


def test_she_adds_one_person(app: Flask, jet: CheckedClient, part_id: int) -> None:
    form = jet.get(f"/feedback/{part_id}/mensen/school")
    answer = jet.submit(form, {"name": "An Bos", "email": "An@Klimop.nl", "relation": "leraar", "school": "De Klimop"})
    assert answer.location == f"/feedback/{part_id}/mensen#school"
    assert on_list(app, part_id) == [("An Bos", "an@klimop.nl", State.PROPOSED)]
    page = jet.get(f"/feedback/{part_id}/mensen")
    assert "Leraar · De Klimop · an@klimop.nl" in page.text
    with app.app_context():
        assert db.session.scalars(select(Invitation.question_set)).one() == "kern-leraar"


def test_what_somebody_of_a_school_is_must_be_chosen(app: Flask, jet: CheckedClient, part_id: int) -> None:
    """A teacher gets other questions: nobody becomes an intern begeleider because that stood on top."""
    address = f"/feedback/{part_id}/mensen/school"
    form = jet.get(address)
    refused = jet.submit(form, {"name": "An Bos", "email": "an@klimop.nl"})
    assert refused.status_code == 422 and "Kies wat deze persoon is. Een leraar krijgt" in refused.text
    lines = "An Bos; an@klimop.nl\nBo Smit; bo@klimop.nl; leraar"
    refused = jet.submit(form, {"lines": lines})
    assert "Regel 1: Er staat niet bij wat deze persoon is" in refused.text
    assert on_list(app, part_id) == [("Bo Smit", "bo@klimop.nl", "proposed")]
    assert jet.submit(refused, {"relation": "leraar"}).status_code == 303
    with app.app_context():
        assert set(db.session.scalars(select(Invitation.question_set))) == {"kern-leraar"}


def test_she_ticks_colleagues_and_finds_them(app: Flask, jet: CheckedClient, part_id: int, begeleider: Persona,
                                             teamleider: Persona, team_id: int) -> None:
    made = [make_person(app, begeleider.organisation_id, name=f"Coör Dam {n:02}") for n in range(40)]
    noor = make_person(app, begeleider.organisation_id, works_in=[team_id], name="Noor Zwart")
    gone = make_person(app, begeleider.organisation_id, name="Wim Weg", active=False)
    page = jet.get(f"/feedback/{part_id}/mensen/collega")
    assert page.text.index("Noor Zwart") < page.text.index("Coör Dam 00"), "her own team first"
    assert "Coör Dam 39" not in page.text
    assert "Wim Weg" not in page.text
    assert "Tom Bakker" not in page.text, "who leads her is not offered"
    found = jet.submit(page, {"search": "coor dam 39", "colleagues": [str(noor.id)]}, press="find")
    assert found.status_code == 200
    assert "Coör Dam 39" in found.text
    assert "Noor Zwart" in found.text, "what was ticked stays"
    assert on_list(app, part_id) == []
    done = jet.submit(found, {"colleagues": [str(noor.id), str(made[39].id)]}, press="Voeg toe")
    assert done.status_code == 303
    assert {name for name, _, _ in on_list(app, part_id)} == {"Noor Zwart", "Coör Dam 39"}
    bad = jet.send(f"/feedback/{part_id}/mensen/collega",
                   {"relation": "andere-collega", "colleagues": [str(gone.id), str(teamleider.id), "x"]})
    assert bad.status_code == 422


def test_each_line_that_is_refused_says_why_and_the_rest_is_kept(
        app: Flask, jet: CheckedClient, part_id: int, begeleider: Persona, teamleider: Persona) -> None:
    colleague = make_person(app, begeleider.organisation_id, name="Noor Zwart")
    assert paste(jet, part_id, ["An Bos; an@klimop.nl"]).status_code == 303
    page = paste(jet, part_id, [
        "Bo Dam; bo@klimop.nl; leraar; De Klimop",
        "Jet; " + begeleider.email.upper(),
        "An; an@klimop.nl",
        "Tom; " + teamleider.email,
        "Noor; " + colleague.email,
        "Cor; cor@gmail.con",
        "Dik; dik@klimop.local",
        "Els",
        "Bo; bo@klimop.nl",
        "Fem; fem@klimop.nl",
    ])
    assert page.status_code == 200
    assert [email for _, email, _ in on_list(app, part_id)] == ["an@klimop.nl", "bo@klimop.nl", "fem@klimop.nl"]
    for told in ("2 mensen zijn toegevoegd", "8 mensen zijn niet toegevoegd",
                 "Regel 2: Dit is je eigen adres. Je eigen kijk geef je bij Mijn zelfbeeld.",
                 "Regel 3: an@klimop.nl staat er al bij.", "Regel 4: Tom Bakker leest straks mee.",
                 "Regel 5: Noor Zwart werkt bij de eigen dienst.", "Bedoel je cor@gmail.com?",
                 "Regel 7: Op dit adres kan geen mail aankomen.", "Regel 8: Er staat geen e-mailadres.",
                 "Regel 9: bo@klimop.nl staat er twee keer."):
        assert told in page.text, told
    assert "Els\n" in page.text, "what was refused stays, to be mended"
    assert "fem@klimop.nl" not in page.text


def test_nothing_added_is_a_refusal(app: Flask, jet: CheckedClient, part_id: int) -> None:
    page = paste(jet, part_id, ["An", "Bo; bo@"])
    assert page.status_code == 422
    assert "Bo; bo@" in page.text
    empty = paste(jet, part_id, [])
    assert empty.status_code == 422
    assert "Kies iemand, of vul een naam en een e-mailadres in." in empty.text
    many = paste(jet, part_id, [f"Jet; j{n}@klimop.nl" for n in range(501)])
    assert many.status_code == 422
    assert "Neem hoogstens 500 regels." in many.text
    odd = jet.send(f"/feedback/{part_id}/mensen/school", {"relation": "koning", "name": "An", "email": ""})
    assert odd.status_code == 422
    assert 'value="An"' in odd.text
    assert on_list(app, part_id) == []


def test_five_hundred_lines_are_added(app: Flask, jet: CheckedClient, part_id: int) -> None:
    assert paste(jet, part_id, [f"Jet {n}; j{n}@klimop.nl; leraar" for n in range(500)]).status_code == 303
    assert len(on_list(app, part_id)) == 500


def test_a_colleague_stands_on_the_list_once_whatever_her_address(app: Flask, jet: CheckedClient, part_id: int,
                                                                 begeleider: Persona) -> None:
    noor = make_person(app, begeleider.organisation_id, name="Noor Zwart")
    jet.send(f"/feedback/{part_id}/mensen/collega", {"relation": "begeleider", "colleagues": str(noor.id)})
    with app.app_context():
        db.session.scalars(select(Invitation)).one().email = "noor@thuis.example"
        db.session.commit()
    again = paste(jet, part_id, [f"Noor; {noor.email}"], "collega")
    assert again.status_code == 422
    assert "staat er al bij" in again.text
    assert len(on_list(app, part_id)) == 1


def test_only_groups_of_this_round(app: Flask, jet: CheckedClient, part_id: int) -> None:
    with app.app_context():
        for group in db.session.scalars(select(RoundGroup).where(RoundGroup.rater_group == Group.PARENT)):
            db.session.delete(group)
        db.session.commit()
    assert jet.get(f"/feedback/{part_id}/mensen/ouder").status_code == 404
    assert jet.get(f"/feedback/{part_id}/mensen/leerling").status_code == 404
    assert jet.get(f"/feedback/{part_id}/mensen/teamleider").status_code == 404


def test_people_of_an_earlier_round_are_offered(app: Flask, jet: CheckedClient, part_id: int, begeleider: Persona,
                                                teamleider: Persona) -> None:
    make_round(app, teamleider, [begeleider], {Group.SCHOOL: 2}, state="released", opened_days_ago=300)
    page = jet.get(f"/feedback/{part_id}/mensen/school")
    assert "School 1" in page.text
    with app.app_context():
        first = db.session.scalars(select(Invitation).where(Invitation.name == "School 1")).one()
    assert jet.submit(page, {"earlier": [str(first.id)]}).status_code == 303
    assert on_list(app, part_id) == [("School 1", first.email, State.PROPOSED)]
    assert "School 1" not in jet.get(f"/feedback/{part_id}/mensen/school").text


def test_she_takes_back_what_she_proposed_and_nothing_else(app: Flask, jet: CheckedClient, part_id: int) -> None:
    paste(jet, part_id, ["An; an@klimop.nl", "Bo; bo@klimop.nl"])
    with app.app_context():
        an, bo = db.session.scalars(select(Invitation).order_by(Invitation.id))
        bo.added_by_approver = True
        db.session.commit()
        ids = an.id, bo.id
    assert jet.send(f"/feedback/{part_id}/mensen/{ids[0]}/weg").status_code == 303
    jet.send(f"/feedback/{part_id}/mensen/{ids[1]}/weg")
    assert [name for name, _, _ in on_list(app, part_id)] == ["Bo"]
    assert jet.send(f"/feedback/{part_id}/mensen/{ids[0]}/weg").status_code == 404


def test_sending_asks_once_for_a_critical_friend(app: Flask, jet: CheckedClient, part_id: int) -> None:
    assert jet.send(f"/feedback/{part_id}/mensen/stuur").status_code == 422
    paste(jet, part_id, ["An; an@klimop.nl", "Bo; bo@klimop.nl"])
    asked = jet.submit(jet.get(f"/feedback/{part_id}/mensen"), to=f"/feedback/{part_id}/mensen/stuur")
    assert asked.status_code == 422
    assert "Vraag je ook een kritische vriend?" in asked.text
    sent = jet.submit(asked, to=f"/feedback/{part_id}/mensen/stuur")
    assert sent.location == f"/feedback/{part_id}"
    with app.app_context():
        assert db.session.get_one(RoundSubject, part_id).choice_sent_at


def test_after_sending_nothing_changes_until_she_withdraws(app: Flask, jet: CheckedClient, part_id: int) -> None:
    paste(jet, part_id, ["An; an@klimop.nl"])
    with app.app_context():
        an = db.session.scalars(select(Invitation.id)).one()
    sent = jet.send(f"/feedback/{part_id}/mensen/stuur", {"friend": str(an)})
    assert sent.status_code == 303
    late = paste(jet, part_id, ["Bo; bo@klimop.nl"])
    assert late.status_code == 409
    assert "Bo; bo@klimop.nl" in late.text, "what she typed is not lost"
    jet.send(f"/feedback/{part_id}/mensen/{an}/weg")
    jet.send(f"/feedback/{part_id}/mensen/stuur", {"sure": "yes"})
    assert jet.get(f"/feedback/{part_id}/mensen").status_code == 302
    assert len(on_list(app, part_id)) == 1
    page = jet.get(f"/feedback/{part_id}")
    assert "Tom Bakker kijkt je keuze na." in page.text
    assert "kritische vriend" in page.text
    assert jet.submit(page, to=f"/feedback/{part_id}/mensen/terug").status_code == 303
    assert paste(jet, part_id, ["Bo; bo@klimop.nl"]).status_code == 303
    assert len(on_list(app, part_id)) == 2


def test_the_deadline_is_said_kindly_and_the_closing_is_the_end(app: Flask, jet: CheckedClient, part_id: int) -> None:
    change(app, part_id, choose_until=today() - dt.timedelta(days=1))
    assert "Het kan nog gewoon." in jet.get(f"/feedback/{part_id}").text
    assert "Het kan nog gewoon." in jet.get(f"/feedback/{part_id}/mensen").text
    change(app, part_id, closes_on=today() - dt.timedelta(days=1))
    assert jet.get(f"/feedback/{part_id}/mensen").status_code == 302
    paste(jet, part_id, ["An; an@klimop.nl"])
    assert on_list(app, part_id) == []


def test_the_forecast_counts_along(jet: CheckedClient, part_id: int) -> None:
    assert "nog niets zien" in jet.get(f"/feedback/{part_id}/vooruitblik").text
    paste(jet, part_id, [f"Jet; j{n}@klimop.nl" for n in range(10)])
    more = jet.get(f"/feedback/{part_id}/vooruitblik?groep=collega&erbij=6")
    assert "Met deze mensen zie je ongeveer 1" in more.text
    assert more.mimetype == "text/plain"
    assert "onderwerpen" in jet.get(f"/feedback/{part_id}/mensen").text
    assert jet.get(f"/feedback/{part_id}/vooruitblik?groep=x&erbij=zes").status_code == 200
    parents = jet.get(f"/feedback/{part_id}/vooruitblik?groep=ouder&erbij=12").text
    assert "Ouders: waarschijnlijk genoeg" in parents


def test_while_it_runs_she_sees_who_declined_and_never_who_answered(
        app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona) -> None:
    made = make_round(app, teamleider, [begeleider], {Group.COLLEAGUE: 7, Group.SCHOOL: 6})
    with app.app_context():
        raters = db.session.scalars(select(Invitation).order_by(Invitation.id)).all()
        for rater in (*raters[:5], *raters[8:12]):
            rater.answered = True
        raters[5].state, raters[5].decline_reason = State.DECLINED, Decline.TOO_LITTLE_KNOWN
        raters[6].state, raters[6].decline_reason = State.DECLINED, Decline.NO_REASON
        declined = raters[5].email
        db.session.commit()
    page = jet.get(f"/feedback/{made.part_ids[0]}").text
    assert "Collega&#39;s: genoeg antwoorden · School: nog niet genoeg" in page
    assert "kent het werk te weinig" in page
    assert page.count("liever niet") == 2
    added = paste(jet, made.part_ids[0], ["An; an@klimop.nl"])
    assert added.status_code == 303
    assert "wacht op goedkeuring" in jet.get(f"/feedback/{made.part_ids[0]}").text
    refused = paste(jet, made.part_ids[0], [f"Weer; {declined}"], "collega")
    assert refused.status_code == 422


def test_people_of_other_rounds_and_organisations_are_not_hers(
        app: Flask, jet: CheckedClient, part_id: int, stranger: Persona, begeleider: Persona) -> None:
    other = make_round(app, stranger, [stranger], {Group.SCHOOL: 1}, state="choosing")
    assert jet.send(f"/feedback/{part_id}/mensen/{other.invitation_ids[0]}/weg").status_code == 404
    assert jet.send(f"/feedback/{other.part_ids[0]}/mensen/{other.invitation_ids[0]}/weg").status_code == 404
    bad = jet.send(f"/feedback/{part_id}/mensen/school",
                   {"relation": "leraar", "earlier": str(other.invitation_ids[0])})
    assert bad.status_code == 422
    bad = jet.send(f"/feedback/{part_id}/mensen/collega", {"relation": "begeleider", "colleagues": str(stranger.id)})
    assert bad.status_code == 422


def test_a_group_too_small_to_be_approved_is_told_while_choosing(jet: CheckedClient, part_id: int) -> None:
    paste(jet, part_id, ["An; an@klimop.nl", "Bo; bo@klimop.nl", "Cas; cas@klimop.nl"])
    assert "Vraag er nog 1 bij, of niemand uit deze groep." in jet.get(f"/feedback/{part_id}/mensen").text
    paste(jet, part_id, ["Dé; de@klimop.nl"])
    assert "of niemand uit deze groep" not in jet.get(f"/feedback/{part_id}/mensen").text


def test_pupils_are_no_work_of_hers(jet: CheckedClient, part_id: int) -> None:
    assert "Leerlingen antwoorden met een blad." in jet.get(f"/feedback/{part_id}/mensen").text
