"""Forms of a tussenstand: hers, and that of whoever reacts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from pydantic import BaseModel, ConfigDict, ValidationError
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, RadioField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from app.checkins import words
from app.checkins.agreeing import ANSWERS, REACTION, change_field, tile_field
from app.checkins.models import Tile
from app.conversations.forms.talk import LinesField
from app.development.models import Goal
from app.forms import BaseForm, at_most, number_in
from app.forms.merging import marks
from app.rounds.queries.asked import Reader

MOST = 4000
ABOUT_GOAL = re.compile(r"(?:tile|change)-([0-9]{1,18})", re.ASCII)
NO_TILE = ("", None)      # none chosen, and none sent


class Refused(Exception):
    """What the page's script sent is not of this page."""


class SentChange(BaseModel):
    """The JSON that the page's script sends: what was typed or chosen, per field. What is not named stays as it is."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    page: str
    revision: int | None = None
    answers: dict[str, str]


def read_change(body: bytes) -> SentChange:
    """Raises Refused."""
    try:
        return SentChange.model_validate_json(body)
    except ValidationError:
        raise Refused from None


class SharedForm(BaseForm):
    """What both forms carry: which version was shown, with a mark of every field. `names`: the fields with words."""

    revision = HiddenField()
    shown = HiddenField()
    confirm = SubmitField(_l("Dit klopt, leg het vast"))
    names: Sequence[str] = ()

    @property
    def values(self) -> Mapping[str, str]:
        """What was typed and chosen, per field that was sent."""
        return {name: self[name].data or "" for name in self.names if self[name].raw_data}

    @property
    def seen(self) -> int:
        """The revision that she saw, −1 for what is no number."""
        text = self.revision.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1

    def lacks(self, values: Mapping[str, str]) -> bool:
        """Whether any of these is not what stood in the form: then she did not read it there."""
        return any(text != (self[name].data or "") for name, text in values.items())

    def is_stored(self, revision: int, values: Mapping[str, str]) -> None:
        """What it says is kept, as this revision: a page that shows it again begins from there."""
        self.revision.data, self.shown.data = str(revision), marks(values)


class CheckInForm(SharedForm):
    """Hers. The questions and the fields per goal are added by `check_in_form`. `partner`: to whom she shows it."""

    partner = RadioField(_l("Aan wie laat je het zien?"), validate_choice=False, choices=[])
    show = SubmitField(_l("Laat het zien"))
    goal_ids: Collection[int] = ()

    def offer(self, readers: Collection[Reader]) -> None:
        self.partner.choices = [SelectChoice(str(one.person_id), one.name) for one in readers]

    @property
    def partner_id(self) -> int:
        return number_in(self.partner.data)


class ReactionForm(SharedForm):
    """What the other writes."""

    reaction = LinesField(_l("Jouw reactie"), [at_most(MOST)])
    names = (REACTION,)


def sent_goals(names: Iterable[str]) -> frozenset[int]:
    """The goals that these fields say something of."""
    found = (ABOUT_GOAL.fullmatch(name) for name in names)
    return frozenset(int(one[1]) for one in found if one)


def check_in_form(
    goals: Sequence[Goal], filled: Mapping[str, str] | None = None, revision: int = 0,
    stored: Mapping[str, str] | None = None, change: Mapping[str, str] | None = None,
) -> CheckInForm:
    """The form as it was sent; or `filled`, with marks of what is `stored` at this revision; or with one `change`."""
    asked = words.questions()
    tiles = [SelectChoice(str(tile), label) for tile, label in words.tiles().items()]
    known = AnyOf((*NO_TILE, *Tile), _l("Kies een van de vier tegels."))
    fields: dict[str, Any] = {name: LinesField(asked[name], [at_most(MOST)]) for name in ANSWERS}
    for goal in goals:
        fields[tile_field(goal.id)] = RadioField(_l("Hoe gaat het met dit doel?"), [known], validate_choice=False,
                                                 choices=tiles)
        fields[change_field(goal.id)] = LinesField(_l("Wat verandert er?"), [at_most(MOST)])
    kind: type[CheckInForm] = type("CheckInFormOfGoals", (CheckInForm,), {
        **fields, "names": tuple(fields), "goal_ids": frozenset(goal.id for goal in goals),
    })
    if change is not None:
        return kind(formdata=MultiDict(change), meta={"csrf": False})       # the header was checked
    return kind() if filled is None else kind(**_data(filled, revision, stored))


def reaction_form(filled: Mapping[str, str] | None = None, revision: int = 0,
                  stored: Mapping[str, str] | None = None, change: Mapping[str, str] | None = None) -> ReactionForm:
    """The same for whoever reacts."""
    if change is not None:
        return ReactionForm(formdata=MultiDict(change), meta={"csrf": False})
    return ReactionForm() if filled is None else ReactionForm(**_data(filled, revision, stored))


def _data(filled: Mapping[str, str], revision: int, stored: Mapping[str, str] | None) -> dict[str, Any]:
    return {"formdata": None, "data": {**filled, "revision": str(revision), "shown": marks(stored or filled)}}
