"""Confirming a conversation: nothing typed is lost by a refusal, and what is sent again says once what it says."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from app.conversations.models import Conversation
from app.db import db
from tests.support.builders import Persona
from tests.support.conversations import make_conversation
from tests.support.pages import CheckedClient, text_of, told, tree_of

TODAY, NEXT_WEEK = dt.timedelta(0), dt.timedelta(days=7)


@pytest.fixture
def address(app: Flask, begeleider: Persona, teamleider: Persona) -> str:
    return f"/gesprekken/{make_conversation(app, begeleider, teamleider, planned_in=TODAY, notes='Over de start.')}"


def stored(app: Flask, address: str) -> Conversation:
    with app.app_context():
        return db.session.get_one(Conversation, int(address.rsplit("/", 1)[1]))


def test_what_was_typed_before_its_day_is_kept_as_the_page_says(
    app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    address = f"/gesprekken/{make_conversation(app, begeleider, teamleider, planned_in=NEXT_WEEK)}"
    early = jet.send(address, {"revision": "0", "notes": "Alvast dit.", "confirm": "ja"})
    assert early.status_code == 422 and "Wat je opschreef, is bewaard." in told(early.data)
    assert stored(app, address).notes == "Alvast dit."
    assert jet.submit(early, {"notes": "Alvast dit en dat."}).status_code == 303
    assert stored(app, address).notes == "Alvast dit en dat."


def test_nobody_confirms_an_emptied_conversation_and_the_emptying_is_kept(
    app: Flask, jet: CheckedClient, address: str
) -> None:
    refused = jet.submit(jet.get(address), {"notes": ""}, press="confirm")
    assert refused.status_code == 422 and "Er staat nog niets om vast te leggen." in told(refused.data)
    assert stored(app, address).notes == ""


def test_confirming_again_after_a_lost_answer_is_once(app: Flask, jet: CheckedClient, address: str) -> None:
    page = jet.get(address)
    for _ in range(2):
        answer = jet.submit(page, {"appointments": "Jet belt."}, press="confirm")
        assert answer.status_code == 303
    assert stored(app, address).person_confirmed_at is not None
    assert stored(app, address).revision == 1


def test_the_last_confirmation_sent_again_is_once(
    app: Flask, jet: CheckedClient, tom: CheckedClient, address: str
) -> None:
    jet.submit(jet.get(address), press="confirm")
    page = tom.get(address)
    for _ in range(2):
        assert tom.submit(page, press="confirm").status_code == 303
    assert "Het gesprek is vastgelegd." in tom.get(address).text
    assert stored(app, address).fixed_at is not None


def test_what_stood_on_an_older_page_is_no_addition(
    app: Flask, jet: CheckedClient, tom: CheckedClient, address: str
) -> None:
    older = jet.get(address)
    tom.submit(tom.get(address), {"notes": "Over de start en het slot."})
    for client in (tom, jet):
        client.submit(client.get(address), press="confirm")
    late = jet.submit(older, {"appointments": "Nog één ding."})
    assert late.status_code == 409
    assert "Nog één ding." in late.text
    assert jet.submit(late, to=f"{address}/aanvulling").status_code == 303
    assert text_of(next(one for one in tree_of(tom.get(address).data).iter("article"))).endswith("Nog één ding.")


def test_what_one_wrote_oneself_is_not_said_to_be_of_the_other(jet: CheckedClient, address: str) -> None:
    page = jet.get(address)
    for _ in range(2):      # pressed again: nothing came in between
        assert jet.submit(page, {"appointments": "Jet belt."}).status_code == 303
    assert "Tom" not in "".join(said(jet, address))
    other_tab = jet.submit(page, {"notes": "Over de start en het slot."})
    assert other_tab.status_code == 303
    assert said(jet, address) == ["Bewaard, samen met wat er intussen bij kwam."]
    torn = jet.submit(page, {"appointments": "Tom belt."})
    assert torn.status_code == 409 and "Dit staat er nu: Jet belt." in told(torn.data)
    assert "schreef intussen" not in told(torn.data)


def said(client: CheckedClient, address: str) -> list[str]:
    """What the next page says in answer."""
    return [text_of(one) for one in tree_of(client.get(address).data).iter() if one.get("role") == "status"
            and text_of(one)]
