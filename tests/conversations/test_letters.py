"""What the two are mailed about the day of a conversation, and calling one off."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from flask import Flask
from icalendar import Calendar
from sqlalchemy import func, select, update

from app.conversations import planning
from app.conversations.letters import CALLED_OFF, CONFIRMED, MOVED, PLANNED
from app.conversations.models import Conversation, Preparation
from app.db import db
from app.messages import delivery
from app.messages.letters import Letter, letter
from app.messages.models import Message
from app.people.models import Membership, Person
from app.web.formats import now, today
from tests.support.builders import Persona, make_person
from tests.support.conversations import make_conversation
from tests.support.mail import Post, mail_server, mailing
from tests.support.pages import CheckedClient, browser_of, told
from tests.support.rounds import give_measurement, make_round

WEEK = dt.timedelta(days=7)


@pytest.fixture
def talk_id(app: Flask, begeleider: Persona, teamleider: Persona) -> int:
    """Planned for tomorrow; whatever was mailed about it has left."""
    return make_conversation(app, begeleider, teamleider)


def day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).isoformat()


def plan(client: CheckedClient, person: Persona, **moment: str) -> str:
    """Where the conversation stands that was planned with this person."""
    made = client.submit(client.get("/gesprekken/nieuw"), {"who": f"{person.id}-", **moment})
    assert made.status_code == 303
    return str(made.location)


def move(client: CheckedClient, address: str, **moment: str) -> None:
    assert client.submit(client.get(f"{address}/moment"), moment).status_code == 303


def call_off(client: CheckedClient, address: str) -> None:
    assert client.submit(client.get(f"{address}/afzeggen")).status_code == 303


def waiting(app: Flask) -> list[tuple[str, str]]:
    """Template and recipient of what waits."""
    with app.app_context():
        rows = db.session.execute(select(Message.template, Message.recipient).order_by(Message.id))
        return [(template, recipient) for template, recipient in rows]


def written(app: Flask) -> Letter:
    """The one letter that waits."""
    with app.app_context():
        found = letter(db.session.scalars(select(Message)).one())
    assert found is not None
    return found


def all_leave(app: Flask) -> None:
    with app.app_context():
        db.session.query(Message).delete()
        db.session.commit()


def test_the_other_is_mailed_about_a_plan(app: Flask, tom: CheckedClient, begeleider: Persona) -> None:
    address = plan(tom, begeleider, day=day(7), hour="14:30", place="Kamer 2")
    mail = written(app)
    assert (mail.recipient, mail.subject) == (begeleider.email, "Tom Bakker wil met je in gesprek")
    assert "om 14.30 uur. Plaats: Kamer 2." in mail.text
    links = [one.address for one in mail.paragraphs if one.address]
    assert [link.partition("/gesprekken")[2] for link in links] == [
        address.removeprefix("/gesprekken") + "/agenda.ics", address.removeprefix("/gesprekken")]


def test_without_a_day_it_says_so(app: Flask, tom: CheckedClient, begeleider: Persona) -> None:
    address = plan(tom, begeleider)
    assert "De dag kiezen jullie samen." in written(app).text
    assert "agenda" not in written(app).text
    all_leave(app)
    move(tom, address, day=day(3), hour="9:00")
    assert written(app).subject == "Er is een dag gekozen voor je gesprek met Tom Bakker"
    cleared = tom.submit(tom.get(f"{address}/moment"), {"day": "", "hour": ""})
    assert cleared.status_code == 422
    assert "Kies een andere dag." in told(cleared.data)


def test_whichever_of_the_two_moves_it_the_other_is_mailed(
    app: Flask, jet: CheckedClient, tom: CheckedClient, begeleider: Persona, teamleider: Persona, talk_id: int
) -> None:
    address = f"/gesprekken/{talk_id}"
    move(jet, address, day=day(9), hour="10:00")
    mail = written(app)
    assert (mail.recipient, mail.subject) == (
        teamleider.email, "Je gesprek met Jet de Vries is op een andere dag of tijd")
    assert "Het was op" in mail.text
    move(jet, address, day=day(9), hour="11:00")       # she corrects herself: one letter
    assert "om 11.00 uur" in written(app).text
    all_leave(app)
    move(tom, address, place="Bij jou op kantoor")
    assert written(app).recipient == begeleider.email
    assert "De dag blijft dezelfde." in written(app).text


def test_a_correction_replaces_what_has_not_left(
    app: Flask, tom: CheckedClient, jet: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    address = plan(tom, begeleider, day=day(7), hour="14:30")
    move(tom, address, day=day(8), hour="15:00")
    assert waiting(app) == [(PLANNED, begeleider.email)]
    assert "15.00 uur" in written(app).text
    move(jet, address, day=day(10), hour="15:00")         # she saw it in her list: no letter to her any more
    assert waiting(app) == [(MOVED, teamleider.email)]


def test_what_was_moved_back_is_not_told(app: Flask, tom: CheckedClient, begeleider: Persona) -> None:
    address = plan(tom, begeleider, day=day(7), hour="14:30")
    all_leave(app)
    before = tom.get(f"{address}/moment")
    move(tom, address, day=day(9), hour="10:00")
    assert len(waiting(app)) == 1
    assert tom.submit(before).status_code == 303
    assert waiting(app) == []


def test_a_letter_that_was_tried_may_have_left(app: Flask, tom: CheckedClient, begeleider: Persona) -> None:
    address = plan(tom, begeleider, day=day(7), hour="14:30")
    with app.app_context():
        db.session.execute(update(Message).values(attempts=1))
        db.session.commit()
    move(tom, address, day=day(8), hour="14:30")
    assert waiting(app) == [(MOVED, begeleider.email)]


def test_the_letters_reach_a_mail_server_a_little_later(app: Flask, tom: CheckedClient, begeleider: Persona) -> None:
    post = Post()
    with mail_server(post) as settings, mailing(app, settings):
        address = plan(tom, begeleider, day=day(7), hour="14:30", place="Kamer 2")
        for expected, act in ((1, None), (2, lambda: move(tom, address, day=day(9), hour="9:00")),
                              (3, lambda: call_off(tom, address))):
            if act:
                act()
            with app.app_context():
                assert delivery.deliver_due() == 0
            with time_machine.travel(now() + dt.timedelta(minutes=6), tick=True), app.app_context():
                assert delivery.deliver_due() == 1
            assert len(post.recipients) == expected
    assert set(post.recipients) == {begeleider.email}
    assert waiting(app) == []


def test_a_beheerder_who_releases_tells_both(
    app: Flask, begeleider: Persona, teamleider: Persona, beheerder: Persona
) -> None:
    made = make_round(app, teamleider, [begeleider], state="closed", opened_days_ago=40)
    give_measurement(app, made, groups=["collega"], released=False)
    client = browser_of(app, beheerder)
    address = f"/rondes/mensen/{made.part_ids[0]}/vrijgeven"
    client.submit(client.get(address), {"day": day(7), "hour": "14:30"}, to=address)
    assert waiting(app) == [(PLANNED, teamleider.email), ("profile_released", begeleider.email)]


def test_the_letter_about_a_profile_that_waits_names_the_new_day(
    app: Flask, begeleider: Persona, teamleider: Persona, tom: CheckedClient
) -> None:
    made = make_round(app, teamleider, [begeleider], state="closed", opened_days_ago=40)
    give_measurement(app, made, groups=["collega"], released=False)
    address = f"/rondes/mensen/{made.part_ids[0]}/vrijgeven"
    tom.submit(tom.get(address), {"day": day(7), "hour": "14:30"}, to=address)
    with app.app_context():
        talk = f"/gesprekken/{db.session.scalars(select(Conversation.id)).one()}"
    move(tom, talk, day=day(8), hour="16:00")
    assert "16.00 uur" in written(app).text
    call_off(tom, talk)
    assert written(app).subject == "Je profiel is klaar om te lezen"
    assert "Tom" not in written(app).text


def test_a_letter_about_what_is_past_or_fixed_or_over_is_not_sent(
    app: Flask, tom: CheckedClient, begeleider: Persona
) -> None:
    plan(tom, begeleider, day=day(7), hour="14:30")

    def is_wanted() -> bool:
        return letter(db.session.scalars(select(Message)).one()) is not None

    with app.app_context():
        assert is_wanted()
        with time_machine.travel(now() + WEEK + dt.timedelta(days=1), tick=False):
            assert not is_wanted()
        for table, values in ((Conversation, {"fixed_at": now()}), (Person, {"active": False}),
                              (Membership, {"leads": False})):
            db.session.execute(update(table).values(**values))
            db.session.expire_all()
            assert not is_wanted(), table
            db.session.rollback()


def test_calling_off_destroys_what_was_prepared_and_tells_the_other(
    app: Flask, tom: CheckedClient, jet: CheckedClient, begeleider: Persona, talk_id: int
) -> None:
    address = f"/gesprekken/{talk_id}"
    before = Calendar.from_ical(jet.get(f"{address}/agenda.ics").data)
    for client in (tom, jet):
        client.submit(client.get(f"{address}/voorbereiding"), {"recognise": "Dat ik goed luister."})
    question = told(tom.get(f"{address}/afzeggen").data)
    assert "wordt weggegooid" in question
    assert "luister" not in question
    typing = jet.get(f"{address}/voorbereiding")
    call_off(tom, address)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Preparation)) == 0
    mail = written(app)
    assert (mail.recipient, mail.subject) == (begeleider.email, "Je gesprek met Tom Bakker gaat niet door")
    assert "Het zou zijn op" in mail.text
    assert "Tom zegde het af" in told(jet.get(address).data)
    assert jet.submit(typing).location.endswith(address)       # what she was typing goes with it, and she is told why
    for page in ("/voorbereiding", "/moment", "/afzeggen", "/dank"):
        assert tom.get(f"{address}{page}").status_code in (303, 404)
    assert "Gaat niet door" in told(jet.get("/gesprekken").data)

    after = Calendar.from_ical(jet.get(f"{address}/agenda.ics").data)
    assert (before["method"], after["method"]) == ("PUBLISH", "CANCEL")
    old, new = before.walk("VEVENT")[0], after.walk("VEVENT")[0]
    assert new["uid"] == old["uid"]
    assert new["sequence"] > old["sequence"]
    assert new["status"] == "CANCELLED"
    assert new["organizer"] == old["organizer"]
    assert new["dtstart"].dt == old["dtstart"].dt


def test_what_was_planned_and_called_off_at_once_is_never_mailed(
    app: Flask, tom: CheckedClient, begeleider: Persona
) -> None:
    call_off(tom, plan(tom, begeleider, day=day(7), hour="14:30"))
    assert waiting(app) == []


def test_about_the_same_round_there_can_be_a_new_one(
    app: Flask, begeleider: Persona, teamleider: Persona, tom: CheckedClient
) -> None:
    made = make_round(app, teamleider, [begeleider], state="released", opened_days_ago=40)
    give_measurement(app, made)
    talk = make_conversation(app, begeleider, teamleider, part_id=made.part_ids[0])
    call_off(tom, f"/gesprekken/{talk}")
    again = tom.submit(tom.get("/gesprekken/nieuw"), {"who": f"{begeleider.id}-{made.part_ids[0]}"})
    assert again.location != f"/gesprekken/{talk}"
    assert "Najaarsronde" in told(tom.get(again.location).data)


@pytest.mark.parametrize("became", [
    {"notes": "Over de start.", "planned_at": None}, {"appointments": "Morgen bellen.", "planned_at": None},
    {"person_confirmed_at": "now"},
    {"partner_confirmed_at": "now"}, {"fixed_at": "now"}, {"planned_at": "yesterday"},
])
def test_what_was_held_or_confirmed_stays(
    app: Flask, tom: CheckedClient, talk_id: int, became: dict[str, str | None]
) -> None:
    moments = {"now": now(), "yesterday": now() - dt.timedelta(days=1)}
    with app.app_context():
        values = {name: moments.get(value or "", value) for name, value in became.items()}
        db.session.execute(update(Conversation).values(**values))
        db.session.commit()
    address = f"/gesprekken/{talk_id}"
    assert "Zeg het af" not in told(tom.get(address).data)
    assert "Afzeggen kan niet meer" in told(tom.get(f"{address}/afzeggen").data)
    assert tom.send(f"{address}/afzeggen").status_code == 409
    with app.app_context():
        assert not db.session.get_one(Conversation, talk_id).called_off


def test_what_was_written_ahead_goes_with_it_once_she_was_told(
    app: Flask, tom: CheckedClient, jet: CheckedClient, talk_id: int
) -> None:
    address = f"/gesprekken/{talk_id}"
    unaware = tom.get(f"{address}/afzeggen")
    assert "aantekeningen" not in told(unaware.data)
    jet.submit(jet.get(address), {"notes": "Over de start."})
    asked_again = tom.submit(unaware)
    assert asked_again.status_code == 409
    assert "aantekeningen, afspraken of een niveau. Dat gaat ook weg" in told(asked_again.data)
    assert tom.submit(asked_again).status_code == 303
    with app.app_context():
        left = db.session.get_one(Conversation, talk_id)
        assert (left.called_off, left.notes) == (True, "")


def test_who_has_to_confirm_gets_a_mail_that_says_nothing_of_it(
    app: Flask, tom: CheckedClient, jet: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    talk = make_conversation(app, begeleider, teamleider, notes="Over de start.", planned_in=None)
    address = f"/gesprekken/{talk}"
    tom.submit(tom.get(address), press="confirm")
    assert waiting(app) == [(CONFIRMED, begeleider.email)]
    mail = written(app)
    assert mail.subject == "Tom Bakker heeft jullie gesprek bevestigd"
    assert "Over de start" not in mail.text
    start = told(jet.get("/start").data)
    assert "Tom Bakker heeft jullie gesprek bevestigd." in start
    jet.submit(jet.get(address), {"notes": "Over het einde."})         # takes the confirmation back, and the mail
    assert waiting(app) == []
    jet.submit(jet.get(address), press="confirm")
    assert waiting(app) == [(CONFIRMED, teamleider.email)]
    assert "Jet de Vries heeft jullie gesprek bevestigd." in told(tom.get("/start").data)
    tom.submit(tom.get(address), press="confirm")
    assert waiting(app) == []
    assert "bevestigd" not in told(tom.get("/start").data)


def test_start_tells_the_day_and_what_to_prepare(
    app: Flask, tom: CheckedClient, jet: CheckedClient, begeleider: Persona, talk_id: int
) -> None:
    for client, other in ((jet, "Tom Bakker"), (tom, "Jet de Vries")):
        start = client.get("/start")
        assert f"Gesprek met {other}" in told(start.data)
        assert "Op kantoor · bereid je voor: drie vragen" in told(start.data)
        assert f'href="/gesprekken/{talk_id}/voorbereiding"' in start.text
    jet.submit(jet.get(f"/gesprekken/{talk_id}/voorbereiding"), {"recognise": "Dat ik goed luister."})
    assert "je bent voorbereid" in told(jet.get("/start").data)
    with time_machine.travel(now() + dt.timedelta(days=2), tick=False):
        assert "Nog vast te leggen" in told(browser_of(app, begeleider).get("/start").data)
    with app.app_context():
        db.session.execute(update(Membership).values(leads=False))
        db.session.commit()
    assert "Gesprek met" not in told(jet.get("/start").data)


def test_only_who_plans_calls_it_off(
    app: Flask, jet: CheckedClient, begeleider: Persona, beheerder: Persona, hr: Persona, stranger: Persona,
    team_id: int, talk_id: int,
) -> None:
    second_lead = make_person(app, begeleider.organisation_id, roles=["teamleider"], leads=[team_id])
    address = f"/gesprekken/{talk_id}/afzeggen"
    for client in (jet, *(browser_of(app, one) for one in (beheerder, hr, stranger, second_lead))):
        assert client.get(address).status_code == 404
        assert client.send(address).status_code == 404
    assert "Zeg het af" not in told(jet.get(f"/gesprekken/{talk_id}").data)


def test_a_month_later_nothing_is_left_of_it(app: Flask, tom: CheckedClient, talk_id: int, begeleider: Persona) -> None:
    call_off(tom, f"/gesprekken/{talk_id}")
    kept = plan(tom, begeleider)
    for days, left in ((29, 2), (31, 1)):
        with time_machine.travel(now() + dt.timedelta(days=days), tick=False), app.app_context():
            planning.forget_called_off()
            db.session.commit()
            assert db.session.scalar(select(func.count(Conversation.id))) == left
    assert tom.get(f"/gesprekken/{talk_id}").status_code == 404
    assert tom.get(kept).status_code == 200


def test_the_letters_have_their_own_words(app: Flask, tom: CheckedClient, begeleider: Persona) -> None:
    """What somebody types as a place cannot pass for ours."""
    place = "Kamer\x01Klik\x02https://kwaad.example\x01 <b>{{ 7 * 7 }}</b>"
    plan(tom, begeleider, day=day(7), hour="14:30", place=place)
    mail = written(app)
    assert len([one for one in mail.paragraphs if one.address]) == 2
    with app.app_context():
        assert "<b>" not in mail.html
    assert "{{ 7 * 7 }}" in mail.text
    assert CALLED_OFF not in dict(waiting(app))
