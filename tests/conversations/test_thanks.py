"""A word of thanks: one text, once, the same to everyone who was asked, whether or not she answered."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access import Actor
from app.conversations import queries, thanking
from app.conversations.models import Conversation
from app.conversations.thanking import AlreadyThanked
from app.db import db
from app.messages.letters import letter
from app.messages.models import Message
from app.rounds.invitations import State
from app.rounds.models import Invitation
from app.web.formats import now
from tests.support.at_once import at_once
from tests.support.builders import Persona, log_in
from tests.support.conversations import make_conversation
from tests.support.pages import CheckedClient
from tests.support.rounds import MadeRound, make_round

TEXT = "Dank je wel voor je tijd.\n\nIk vraag voortaan bij elke start wat iedereen verwacht."


@pytest.fixture
def made(app: Flask, teamleider: Persona, begeleider: Persona) -> MadeRound:
    return make_round(app, teamleider, [begeleider], state="released", opened_days_ago=60)


@pytest.fixture
def talk_id(app: Flask, made: MadeRound, begeleider: Persona, teamleider: Persona) -> int:
    return make_conversation(app, begeleider, teamleider, part_id=made.part_ids[0], notes="Klaar.", fixed_at=now())


def letters(app: Flask) -> list[Message]:
    with app.app_context():
        return list(db.session.scalars(select(Message).where(Message.template == "thanks").order_by(Message.id)))


def test_everyone_who_was_asked_gets_the_same_once(
    app: Flask, client: CheckedClient, made: MadeRound, talk_id: int, begeleider: Persona
) -> None:
    ids = made.invitation_ids
    with app.app_context():
        became: tuple[dict[str, object], ...] = (
            {"state": State.DECLINED, "decline_reason": "geen-tijd"}, {"state": State.REMOVED},
            {"invited_on": None}, {"bounced": "550"}, {"email": None}, {"answered": True},
        )
        for number, values in enumerate(became):
            db.session.execute(update(Invitation).where(Invitation.id == ids[number]).values(**values))
        reached = set(db.session.scalars(select(Invitation.email).where(Invitation.id.in_((ids[0], *ids[5:])))))
        db.session.commit()
    log_in(client, begeleider)
    address = f"/gesprekken/{talk_id}/dank"
    preview = client.submit(client.get(address), {"text": TEXT})
    assert preview.status_code == 200
    assert "Ik vraag voortaan bij elke start" in preview.text
    assert letters(app) == []
    sent = client.submit(preview, press="send")
    assert sent.status_code == 303
    put = letters(app)
    assert {one.recipient for one in put} == reached
    assert {str(one.arguments) for one in put} == {str({"conversation": talk_id})}     # nothing that tells them apart
    with app.app_context():
        written = {found.text for one in put if (found := letter(db.session.get_one(Message, one.id)))}
    assert len(written) == 1
    assert "verwacht.”" in written.pop()

    assert client.submit(preview, press="send").status_code == 409
    assert len(letters(app)) == len(put)
    assert "Je stuurde dit op" in client.get(address).text


@pytest.mark.parametrize("text", ["", "   ", "x" * 601])
def test_a_text_that_is_none_or_too_long_is_not_sent(
    app: Flask, client: CheckedClient, talk_id: int, begeleider: Persona, text: str
) -> None:
    log_in(client, begeleider)
    assert client.send(f"/gesprekken/{talk_id}/dank", {"text": text, "send": "ja"}).status_code == 422
    assert letters(app) == []


def test_six_hundred_characters_fit_however_the_browser_ends_a_line(
    app: Flask, client: CheckedClient, talk_id: int, begeleider: Persona
) -> None:
    log_in(client, begeleider)
    text = "a\r\n" * 299 + "aa"
    assert client.send(f"/gesprekken/{talk_id}/dank", {"text": text, "send": "ja"}).status_code == 303


def test_not_before_the_conversation_is_fixed_and_only_by_herself(
    app: Flask, client: CheckedClient, made: MadeRound, begeleider: Persona, teamleider: Persona
) -> None:
    talk = make_conversation(app, begeleider, teamleider, part_id=made.part_ids[0])
    log_in(client, begeleider)
    assert client.send(f"/gesprekken/{talk}/dank", {"text": "Dank je wel", "send": "ja"}).status_code == 409
    alone = make_conversation(app, begeleider, teamleider, fixed_at=now())      # about no round
    assert client.get(f"/gesprekken/{alone}/dank").status_code == 404
    log_in(client, teamleider)
    assert client.get(f"/gesprekken/{talk}/dank").status_code == 404
    assert letters(app) == []


def test_what_she_types_cannot_pass_for_ours(
    app: Flask, client: CheckedClient, talk_id: int, begeleider: Persona
) -> None:
    log_in(client, begeleider)
    text = "Dank\x01Klik\x02https://kwaad.example\x01\n\n<b>{{ 7 * 7 }}</b>"
    assert client.send(f"/gesprekken/{talk_id}/dank", {"text": text, "send": "ja"}).status_code == 303
    with app.app_context():
        written = letter(db.session.get_one(Message, letters(app)[0].id))
        assert written is not None
        assert not [one for one in written.paragraphs if one.address]
        assert len(written.paragraphs) == 5
        assert "<b>" not in written.html
        assert "{{ 7 * 7 }}" in written.text


def test_two_who_press_at_once_send_one(app: Flask, talk_id: int, begeleider: Persona) -> None:
    def press() -> None:
        actor = Actor(begeleider.id, begeleider.organisation_id, begeleider.roles, frozenset())
        conversation = queries.conversation_to_change(actor, talk_id)
        assert conversation is not None
        thanking.send(conversation, "Dank je wel")

    assert sorted(at_once(app, press, press, refusals=(AlreadyThanked,))) == ["AlreadyThanked", "done"]
    assert len(letters(app)) == 10


def test_a_letter_about_what_is_gone_is_not_sent(app: Flask, client: CheckedClient, talk_id: int,
                                                 begeleider: Persona) -> None:
    log_in(client, begeleider)
    client.send(f"/gesprekken/{talk_id}/dank", {"text": "Dank je wel", "send": "ja"})
    with app.app_context():
        db.session.delete(db.session.get_one(Conversation, talk_id))
        db.session.commit()
        assert letter(db.session.get_one(Message, letters(app)[0].id)) is None
