"""The page /praktijk: the tools, her trajecten with the small picture, and her sheets."""

from __future__ import annotations

from flask import render_template

from app.access import Role, actor, needs
from app.practice import queries
from app.practice.cards import accent_of, card_of
from app.practice.views import bp
from app.web.formats import today


@bp.get("/praktijk")
@needs(Role.BEGELEIDER)
def overview() -> str:
    trajecten = queries.trajecten_of(actor())
    cards = [card_of(sheet, today()) for sheet in queries.sheets_of(actor())]
    return render_template(
        "practice/overview.html", tools=[offered.tool for offered in queries.tools()], trajecten=trajecten,
        accent=accent_of(trajecten), busy=[card for card in cards if card.busy],
        finished=[card for card in cards if not card.busy],
    )
