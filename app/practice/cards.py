"""Sheets and trajecten as they stand in lists and in the small picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.charts.accent import Accent, Place
from app.practice.models import PracticeSheet, Traject
from app.practice.queries import tool_of
from app.practice.reading import is_busy, standing, title_of


@dataclass(frozen=True, slots=True)
class SheetCard:
    """A sheet in a list. `busy`: it was not finished yet, or what comes after the work is due."""

    sheet_id: int
    title: str
    tool: str
    stands: str
    busy: bool
    traject_id: int | None


@dataclass(frozen=True, slots=True)
class Placed:
    """A traject in the picture, by its number there."""

    number: int
    traject: Traject


@dataclass(frozen=True, slots=True)
class AccentPicture:
    """The picture of where the accent lies, and what it shows; `unplaced`: trajecten without both axes."""

    picture: Accent | None
    placed: tuple[Placed, ...]
    unplaced: int


def card_of(sheet: PracticeSheet, today: dt.date) -> SheetCard:
    return SheetCard(sheet.id, title_of(sheet), tool_of(sheet).name, standing(sheet, today),
                     is_busy(sheet, today), sheet.traject_id)


def accent_of(trajecten: Sequence[Traject]) -> AccentPicture:
    """All trajecten that have both axes, numbered as they stand in the list."""
    placed = tuple(Placed(number, one) for number, one in enumerate(
        (one for one in trajecten if one.systemic is not None and one.resultful is not None), 1
    ))
    places = tuple(Place(one.number, one.traject.systemic or 0, one.traject.resultful or 0) for one in placed)
    picture = Accent(_("Waar ligt mijn accent? Elk cijfer is een traject; de tabel ernaast noemt ze."), places,
                     (_("Leerlinggericht"), _("Systeemgericht")), (_("Procesgericht"), _("Resultaatgericht")))
    return AccentPicture(picture if places else None, placed, len(trajecten) - len(placed))
