"""What asks for the attention of who leads a team, and what is to come, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.profiles import round_labels
from app.team.neighbours import PlacesLeft
from app.team.queries import Worker
from app.team.waiting import WAIT_FOR_HER, Comes, Coming, Item, Matter
from app.web.formats import date, today

NAMED: Final = 3        # people; of more the first two, and how many others


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that asks for attention: in words, where it is dealt with, and what the button there says. `name`: of
    whom it is about, where that is one person.
    """

    text: str
    address: str
    label: str
    note: str = ""
    name: str = ""


def asks(items: Sequence[Item], people: Mapping[int, Worker], places: PlacesLeft | None) -> tuple[Told, ...]:
    """All that asks for attention, in its order; `places` stand after what waits for who looks."""
    told = [replace(_item(one, people[one.person_id]), name=people[one.person_id].name) for one in items]
    waiting = sum(one.matter in WAIT_FOR_HER for one in items)
    return (*told[:waiting], *((_places(places),) if places else ()), *told[waiting:])


def _places(left: PlacesLeft) -> Told:
    return Told(ngettext("Eén opleiding heeft nog plaatsen voor je mensen.",
                         "%(num)s opleidingen hebben nog plaatsen voor je mensen.", left.sessions),
                left.address, _("Stel mensen voor"))


def _item(found: Item, person: Worker) -> Told:
    name, target = person.name, found.target
    match found.matter:
        case Matter.RELEASE:
            return Told(_("Het profiel van %(name)s wacht op vrijgave.", name=name),
                        url_for("conversations.release", part_id=target), _("Geef het profiel vrij"))
        case Matter.APPROVAL:
            return Told(_("%(name)s koos wie er gevraagd worden.", name=name), url_for("rounds.part", part_id=target),
                        _("Kijk de keuze na"))
        case Matter.NOT_CHOSEN:
            return Told(_("%(name)s koos nog niet wie er gevraagd worden.", name=name),
                        url_for("rounds.part", part_id=target), _("Bekijk de ronde"),
                        _("Kiezen kon tot en met %(day)s.", day=date(found.on or today(), "d MMMM")))
        case Matter.PLAN:
            return Told(_("Het ontwikkelplan van %(name)s wacht op jou.", name=name),
                        url_for("development.shown_plan", plan_id=target), _("Lees het plan"))
        case Matter.CHECK_IN:
            return Told(_("De tussenstand van %(name)s wacht op jou.", name=name),
                        url_for("checkins.check_in", check_in_id=target), _("Lees de tussenstand"))
        case Matter.THIN:
            return Told(_("De ronde van %(name)s heeft nog niet genoeg antwoorden.", name=name),
                        url_for("rounds.part", part_id=target), _("Bekijk de ronde"),
                        _("Nog niet genoeg: %(groups)s. De ronde sluit op %(day)s.",
                          groups=round_labels.listed(found.groups), day=date(found.on or today())))
        case Matter.OVERDUE:
            return Told(_("De tussenstand van %(name)s is over tijd.", name=name),
                        url_for("development.shown_plan", plan_id=target), _("Bekijk het plan"),
                        _("Hij had op %(day)s klaar kunnen zijn.", day=date(found.on or today())))
        case Matter.TALK:
            return _talk(found, name)
    since = _("De vorige is van %(day)s.", day=date(found.on, "MMMM y")) if found.on else _("Er was er nog geen.")
    return Told(_("%(name)s had anderhalf jaar geen meting.", name=name) if found.on
                else _("%(name)s heeft nog geen meting.", name=name),
                url_for("rounds.new", over=person.id), _("Plan een feedbackronde"), since)


def _talk(found: Item, name: str) -> Told:
    if found.target is None:
        return Told(_("Het profiel van %(name)s is nog niet besproken.", name=name), url_for("conversations.new"),
                    _("Plan een gesprek"))
    planned = _("Het gesprek staat op %(day)s.", day=date(found.on)) if found.on else ""
    return Told(_("Het profiel van %(name)s is nog niet besproken.", name=name),
                url_for("conversations.talk", conversation_id=found.target), _("Naar het gesprek"), planned)


def coming(found: Coming, people: Mapping[int, Worker]) -> str:
    name = _named([people[one].first_name for one in found.person_ids])
    return {
        Comes.TALK: _("Gesprek met %(name)s", name=name),
        Comes.CLOSING: _("Ronde van %(name)s sluit", name=name),
        Comes.CHECK_IN: _("Tussenstand van %(name)s", name=name),
        Comes.CHECK_IN_ENDS: _("Tussenstand van %(name)s kan tot en met", name=name),
    }[found.what]


def _named(names: Sequence[str]) -> str:
    """Amira · Amira en Bas · Amira, Bas en Carla · Amira, Bas en 3 anderen."""
    if len(names) > NAMED:
        return _("%(names)s en %(count)s anderen", names=", ".join(names[: NAMED - 1]), count=len(names) - NAMED + 1)
    if len(names) == 1:
        return names[0]
    return _("%(names)s en %(last)s", names=", ".join(names[:-1]), last=names[-1])
