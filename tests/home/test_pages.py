"""The start page for each role, the help page, and the pages for refusals."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from time_machine import travel

from app.competencies.queries import current_framework
from app.web import carried, errors
from app.web.carried import Carried
from tests.home.records import aim, begin, finish, invite
from tests.support.builders import Persona, log_in, make_organisation, make_person, make_team
from tests.support.mail import NOWHERE, mailing
from tests.support.pages import CheckedClient, problems_of
from tests.support.rounds import make_round
from tests.support.statements import statements

NOON = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _clock():
    with travel(NOON, tick=False):
        yield


def test_a_newcomer_begins(client: CheckedClient, begeleider: Persona) -> None:
    log_in(client, begeleider)
    page = client.get("/start").text
    assert "Dag Jet" in page
    assert "Donderdag 12 maart 2026" in page
    assert "Begin met je zelfbeeld. Het kost ongeveer 12 minuten" in page
    assert 'aria-current="step">Zelfbeeld' in page
    assert "Met Groeispiegel kijk je naar je eigen werk" in page
    assert "Er loopt nu niets." in page


def test_who_stopped_halfway_goes_on_where_she_was(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    with app.app_context():
        pages = current_framework().catalog.asked("focus", "zelf")
    assessment_id = begin(app, begeleider, answers=len(pages[0].indicators))
    log_in(client, begeleider)
    page = client.get("/start").text
    assert f"Je was gebleven bij {pages[1].competency.name}. Nog ongeveer 8 minuten." in page
    assert f'href="/zelfbeeld/{assessment_id}/{pages[1].competency.slug}"' in page
    assert f"1 van {len(pages)} onderwerpen" in page


def test_who_answered_everything_looks_it_over(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    assessment_id = begin(app, begeleider, answers=-1)
    log_in(client, begeleider)
    page = client.get("/start").text
    assert "Kijk mijn zelfbeeld na" in page
    assert f'href="/zelfbeeld/{assessment_id}/overzicht"' in page


def test_a_fresh_profile_is_read_first(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    measurement_id = finish(app, begeleider)
    log_in(client, begeleider)
    page = client.get("/start").text
    assert "Lees mijn profiel" in page
    assert "Met Groeispiegel kijk je" not in page
    assert f'href="/profiel/{measurement_id}"' in page
    assert "vanaf september 2026" in page


def test_goals_are_named_with_what_was_done(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    finish(app, begeleider, 30)
    goal_id = aim(app, begeleider, 1, done=1, actions=3, end_date=dt.date(2026, 6, 1))
    aim(app, begeleider, 2, actions=0)
    log_in(client, begeleider)
    page = client.get("/start").text
    assert "Actie 1" in page                # the first that is not done
    assert "Doel · 1 van 3 acties gedaan · tot 1 juni 2026" in page
    assert f'href="/ontwikkelplan/doelen/{goal_id}"' in page
    assert "Gedrag 1 &lt;b&gt;" in page


@pytest.mark.parametrize(
    ("days_ago", "goal", "text"),
    [
        (30, None, "Kies een doel"),
        (200, {"place": 1}, "Maak een nieuw zelfbeeld"),
        (30, {"place": 1, "end_date": dt.date(2026, 3, 11)}, "De einddatum van je doel is voorbij."),
        (30, {"place": 1, "done": 2}, "Alle acties van je doel zijn gedaan."),
        (30, {"place": None}, "Er hoeft nu niets. Vanaf 11 augustus 2026"),
    ],
)
def test_each_next_step_has_its_words(
    app: Flask, client: CheckedClient, begeleider: Persona, days_ago: int, goal: dict[str, object] | None, text: str
) -> None:
    finish(app, begeleider, days_ago)
    if goal is not None:
        aim(app, begeleider, **goal)        # type: ignore[arg-type]
    log_in(client, begeleider)
    assert text in client.get("/start").text


def test_a_teamleider_sees_who_works_in_her_teams(
    app: Flask, client: CheckedClient, organisation_id: int, team_id: int, teamleider: Persona, begeleider: Persona
) -> None:
    other = make_team(app, organisation_id, "Team West")
    make_person(app, organisation_id, works_in=[other], name="Anna van Ver")
    make_person(app, organisation_id, works_in=[team_id], name="Wim Weg", active=False)
    finish(app, begeleider)
    log_in(client, teamleider)
    page = client.get("/start").text
    assert "Team Oost" in page
    assert "Jet de Vries" in page
    assert f'href="/team/{team_id}"' in page
    assert "Anna" not in page
    assert "Wim" not in page
    assert "Team West" not in page
    assert "Zelfbeeld van" not in page


def test_a_teamleider_without_a_team_is_told(app: Flask, client: CheckedClient, organisation_id: int) -> None:
    log_in(client, make_person(app, organisation_id, roles=["teamleider"]))
    assert "Je leidt nog geen team." in client.get("/start").text


def test_a_calm_start_leads_to_what_the_team_page_says(app: Flask, client: CheckedClient, teamleider: Persona,
                                                       begeleider: Persona) -> None:
    """Nobody waits for him, but somebody of his was never measured: it does not say that there is nothing to do."""
    make_round(app, teamleider, [begeleider], state="aborted")
    log_in(client, teamleider)
    page = card(client.get("/start").text)
    assert "Niemand wacht nu op jou." in page and "Er hoeft" not in page and 'href="/team"' in page


def test_hr_begins_with_a_momentopname(client: CheckedClient, hr: Persona, begeleider: Persona) -> None:
    log_in(client, hr)
    page = client.get("/start").text
    assert "Neem een eerste momentopname" in page and 'href="/opleidingen/momentopnamen"' in card(page)
    assert "<dt>Begeleiders</dt><dd>1</dd>" in page
    assert "Jet" not in page


def card(page: str) -> str:
    """The markup of the card on top."""
    return page.partition('<section class="next')[2].partition("</section>")[0]


def test_a_beheerder_sees_what_is_left_to_do(app: Flask, client: CheckedClient) -> None:
    organisation_id = make_organisation(app, "Dienst West")
    beheerder = make_person(app, organisation_id, roles=["beheerder"])
    log_in(client, beheerder)
    page = client.get("/start").text
    for text in ("Maak je eerste team.", 'href="/beheer/teams"', "Daarna nog één ding."):
        assert text in card(page)
    assert "Klaar om te beginnen?" in page
    assert 'd="m3 8.5' not in page                          # nothing is ticked: there is nothing yet
    assert "Nog niemand heeft de rol HR." in page
    team_id = make_team(app, organisation_id)
    invite(app, make_person(app, organisation_id, works_in=[team_id], invited_only=True))
    assert 'href="/beheer/postvak"' in card(client.get("/start").text)      # nobody has joined yet
    make_person(app, organisation_id)
    page = client.get("/start").text
    assert "Eén begeleider heeft nog geen team en geen gesprekspartner." in card(page)
    assert "Eén persoon koos nog geen wachtwoord." in page
    assert "Hoe je dienst ervoor staat" in page and "Eén team heeft nog geen teamleider." in page
    assert "Dienst West" in page
    make_person(app, organisation_id, roles=["teamleider", "hr"], leads=[team_id])
    page = client.get("/start").text
    assert "Elk team heeft een teamleider." in page and "Eén persoon heeft de rol HR." in page


def test_expired_invitations_are_work(app: Flask, client: CheckedClient, organisation_id: int, team_id: int,
                                      beheerder: Persona, begeleider: Persona) -> None:
    for days_ago in (0, 31, 40):
        invite(app, make_person(app, organisation_id, works_in=[team_id], invited_only=True), days_ago)
    log_in(client, beheerder)
    page = client.get("/start").text
    assert "2 uitnodigingen zijn verlopen. Maak nieuwe." in card(page)
    assert "Er hoeft nu niets" not in page


def test_invitations_that_still_work_are_told_calmly(app: Flask, client: CheckedClient, organisation_id: int,
                                                     team_id: int, beheerder: Persona, begeleider: Persona) -> None:
    invite(app, make_person(app, organisation_id, works_in=[team_id], invited_only=True), 29)
    log_in(client, beheerder)
    assert "Er hoeft nu niets. Eén persoon koos nog geen wachtwoord." in card(client.get("/start").text)


@pytest.mark.parametrize("who", ["begeleider", "teamleider", "hr", "beheerder"])
def test_each_role_is_told_what_to_do_now(client: CheckedClient, request: pytest.FixtureRequest, who: str) -> None:
    log_in(client, request.getfixturevalue(who))
    assert ">Wat nu?</h2>" in card(client.get("/start").text)


def test_goals_of_the_year_before_are_not_of_this_one(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    finish(app, begeleider, 30)
    long_ago = NOON - dt.timedelta(days=90)
    aim(app, begeleider, None, created_at=long_ago, closed_at=long_ago)
    log_in(client, begeleider)
    assert "Kies een doel" in card(client.get("/start").text)


def test_a_dienst_that_is_ready_asks_nothing(app: Flask, client: CheckedClient, beheerder: Persona,
                                             begeleider: Persona, request: pytest.FixtureRequest) -> None:
    log_in(client, beheerder)
    assert "Er hoeft nu niets. Hieronder staat wat er nog mist." in client.get("/start").text
    for role in ("teamleider", "hr"):
        request.getfixturevalue(role)
    page = client.get("/start").text
    assert "Er gaat nu geen mail weg." in page and "Alles staat klaar" not in page
    with mailing(app, NOWHERE):
        page = client.get("/start").text
        assert "Er staat geen vakantie in die nog komt." in page and "Alles staat klaar" not in page
        assert 'href="/beheer/instellingen#vakanties"' in page
        for lines, told in (("Krokusvakantie 2026-02-14 t/m 2026-03-11", "Er staat geen vakantie in die nog komt."),
                            ("Meivakantie 2026-04-25 t/m 2026-05-03", "Er staat één vakantie in die nog komt.")):
            assert client.send("/beheer/instellingen/vakanties/lijst", {"lines": lines}).status_code == 303
            page = client.get("/start").text
            assert told in page
    assert "Alles staat klaar. Er hoeft nu niets." in page and "Mail gaat vanzelf weg." in page
    assert "Er werken 4 mensen." in page


def test_several_roles_are_sections_of_one_page(app: Flask, client: CheckedClient, organisation_id: int) -> None:
    person = make_person(app, organisation_id, roles=["begeleider", "teamleider", "hr", "beheerder"],
                         leads=[make_team(app, organisation_id)])
    log_in(client, person)
    page = client.get("/start").text
    assert page.count('class="next') == 1
    for heading in ("Wat nu?", "Je team", "Opleidingen", "Beheer"):
        assert f">{heading}</h2>" in page


def test_nothing_of_other_people_is_counted(app: Flask, client: CheckedClient, begeleider: Persona, hr: Persona,
                                            stranger: Persona) -> None:
    finish(app, stranger)
    aim(app, stranger)
    begin(app, stranger)
    log_in(client, begeleider)
    page = client.get("/start").text
    assert "Begin met je zelfbeeld." in page
    assert "Er loopt nu niets." in page
    log_in(client, hr)
    assert "<dt>Begeleiders</dt><dd>1</dd>" in client.get("/start").text


@pytest.mark.parametrize("many", [1, 3])
def test_the_number_of_statements_stays_the_same(app: Flask, client: CheckedClient, organisation_id: int,
                                                 many: int) -> None:
    team_ids = [make_team(app, organisation_id) for _ in range(many)]
    person = make_person(app, organisation_id, roles=["begeleider", "teamleider", "hr", "beheerder"], leads=team_ids)
    for number in range(many):
        make_person(app, organisation_id, works_in=team_ids)
        finish(app, person, 10 * number)
        aim(app, person, number + 1, actions=many)
    begin(app, person, answers=3 * many)
    log_in(client, person)
    client.get("/start")                    # the catalogue is made once per process
    with statements(app) as seen:
        client.get("/start")
    assert len(seen) == 16, "\n".join(seen)


def test_the_door_leads_to_the_start_page(client: CheckedClient, begeleider: Persona) -> None:
    assert client.get("/").location.startswith("/inloggen")
    log_in(client, begeleider)
    assert client.get("/").location == "/start"


def test_help_is_for_everybody(client: CheckedClient, begeleider: Persona) -> None:
    signed_out = client.get("/hulp").text
    assert 'id="privacy"' in signed_out
    assert "Je spreekt het samen af in een gesprek." in signed_out
    assert "Hoofdmenu" not in signed_out
    log_in(client, begeleider)
    assert "Hoofdmenu" in client.get("/hulp").text


def test_help_tells_who_is_asked_what_holds(client: CheckedClient) -> None:
    """The pages behind a rater's link lead here for privacy."""
    told = client.get("/hulp").text
    for promise in ("Niemand ziet of je hebt geantwoord", "Zijn het er te weinig, dan laten we niets zien",
                    "Wie je vroeg, ziet dat je liever niet meedoet", "Alleen de teamleider antwoordt niet anoniem",
                    "Je kijkt elke keuze na"):
        assert promise in told
    assert 'href="#gevraagd"' in told and "scores van je laatste zelfbeeld" in told


def test_the_readers_guide_is_for_everybody_and_help_leads_to_it(client: CheckedClient) -> None:
    assert 'href="/hulp/zo-lees-je-dit"' in client.get("/hulp").text
    told = client.get("/hulp/zo-lees-je-dit").text
    for place in ("score", "anderen", "zeker", "zes", "groei", "niet", "raakt"):
        assert f'id="{place}"' in told and f'href="#{place}"' in told
    for said in ("‘Te weinig’ staat er bij geen, één en twee mensen", "ongeveer 1 op de 20 keer", "‘4,5 of hoger’"):
        assert said in told


# --- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", sorted(errors.PAGES))
def test_every_refusal_has_a_page_for_whoever_is_signed_out(app: Flask, status: int) -> None:
    with app.test_request_context("/ergens"):
        answer = errors.page(status, code="a1b2c3d4" if status == 500 else None)
    text = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert not problems_of(answer.get_data())
    assert ("a1b2c3d4" in text) == (status == 500)
    assert "Ga naar je startpagina" in text


@pytest.mark.parametrize(("path", "status", "heading"), [
    ("/bestaat-niet", 404, "Deze pagina is er niet"),
    ("/beheer/mensen", 403, "Dit hoort niet bij jouw rol"),
    ("/uitloggen", 405, "Zo gaat deze pagina niet open"),
])
def test_a_refusal_keeps_the_navigation(client: CheckedClient, begeleider: Persona, path: str, status: int,
                                        heading: str) -> None:
    log_in(client, begeleider)
    answer = client.get(path)
    assert answer.status_code == status
    for text in (heading, "Hoofdmenu", "Dienst Noord"):
        assert text in answer.text


def test_what_was_typed_is_shown_and_kept(app: Flask) -> None:
    fields = (("remark", "Een <b>gesprek</b> op school"), ("VM1.1", "4"))
    with app.test_request_context("/ergens"):
        answer = carried.offer_again(Carried("/zelfbeeld/1/x", fields), 200)
    text = answer.get_data(as_text=True)
    assert not problems_of(answer.get_data())
    assert '<blockquote class="typed">Een &lt;b&gt;gesprek&lt;/b&gt; op school</blockquote>' in text
    assert '<input type="hidden" name="VM1.1" value="4">' in text
    assert ">4<" not in text
    assert 'action="/zelfbeeld/1/x"' in text


def test_passwords_are_not_carried(app: Flask) -> None:
    with app.test_request_context("/account", method="POST", headers={"Sec-Fetch-Site": "same-origin"},
                                  data={"current_password": "geheim", "new_password": "geheim", "name": "Jet"}):
        kept = carried.of_this_request()
    assert kept == Carried("/account", (("name", "Jet"),))
