"""What the pages say of a tussenstand: its five questions, the tiles, how it stands and why something is refused."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from app.checkins.agreeing import AlreadyFixed, Answered, PlanRests
from app.checkins.models import CheckIn, Tile
from app.checkins.queries import Standing
from app.checkins.rhythm import Stand
from app.development.plans.lifecycle import PlanState
from app.web.formats import date, today


def questions() -> Mapping[str, str]:
    """The five questions of every tussenstand, by the field that holds the answer."""
    return {
        "went_well": _("Wat ging goed?"),
        "better": _("Wat kan beter?"),
        "reached": _("Welke doelen heb ik bereikt en welke niet?"),
        "yielded": _("Wat heeft het leerlingen, ouders, leraren en school opgeleverd?"),
        "next_up": _("Wat is het vervolg?"),
    }


def tile(chosen: str) -> str:
    return tiles()[Tile(chosen)]


def tiles() -> Mapping[Tile, str]:
    """How it can go with a goal, in the order of the page."""
    return {
        Tile.STARTED: _("Op gang"),
        Tile.WELL: _("Gaat goed"),
        Tile.STUCK: _("Zit vast"),
        Tile.DONE: _("Klaar"),
    }


def stands(check_in: CheckIn, *, own: bool) -> str:
    """In a word, to one of the two."""
    if check_in.fixed_at is not None:
        return _("vastgelegd op %(day)s", day=date(check_in.fixed_at))
    if not check_in.shown:
        return _("nog niet aan iemand getoond")
    mine, theirs = check_in.person_confirmed_at, check_in.partner_confirmed_at
    if not own:
        mine, theirs = theirs, mine
    if mine:
        return _("de ander bevestigt nog")
    return _("de ander heeft bevestigd, nu jij nog") if theirs else _("nog niet bevestigd")


def rests(refusal: PlanRests) -> str:
    """Why nothing can be changed now."""
    if refusal.state == PlanState.FINISHED:
        return _("Dit plan is afgerond. Aan de tussenstand verandert daarom niets meer. Wat je net typte, is niet "
                 "bewaard; het staat hieronder nog, zodat je het kunt overnemen.")
    return _("Dit plan is nu niet vastgesteld. Stel het eerst samen opnieuw vast, dan kun je hier verder. Wat je net "
             "typte, is niet bewaard; het staat hieronder nog, zodat je het kunt overnemen.")


def cannot_begin(refusal: PlanRests) -> str:
    if refusal.state == PlanState.FINISHED:
        return _("Dit plan is afgerond. Een tussenstand hoort bij een plan dat loopt.")
    return _("Een tussenstand maak je bij een plan dat jullie samen hebben vastgesteld.")


def not_discarded(refusal: AlreadyFixed | Answered | PlanRests) -> str:
    """Why a tussenstand is not thrown away."""
    if isinstance(refusal, AlreadyFixed):
        return _("Deze tussenstand is vastgelegd. Hij blijft staan, voor jullie allebei.")
    if isinstance(refusal, Answered):
        return _("De ander heeft hier al op gereageerd. Daarom blijft deze tussenstand staan. Je kunt er nog wel in "
                 "veranderen.")
    return _("Dit plan loopt nu niet. De tussenstand blijft staan zoals hij is.")


def to_come(standing: Standing) -> str:
    """When the next one is, to she whose plan it is."""
    if standing.open_id is not None:
        if not standing.shown:
            return _("Je bent begonnen met een tussenstand. Maak hem af en laat hem zien.")
        if standing.confirmed:
            return _("Jij hebt je tussenstand bevestigd. Nu de ander nog.")
        return _("Je tussenstand ligt bij de ander. Hij ligt vast als jullie allebei bevestigen.")
    if standing.next is None:
        return _("Dit was de laatste tussenstand van deze periode.")
    match standing.next.stand(today()):
        case Stand.REST:
            return _("Je volgende tussenstand is op %(day)s. Eerder mag ook.", day=date(standing.next.begins_on))
        case Stand.OVERDUE:
            return _("Je tussenstand had op %(day)s klaar kunnen zijn. Het kost tien minuten.",
                     day=date(standing.next.ends_on))
    if standing.next.closing:
        return _("Tijd voor de laatste tussenstand van deze periode, uiterlijk %(day)s.",
                 day=date(standing.next.ends_on))
    return _("Tijd voor een tussenstand, uiterlijk %(day)s. Het kost tien minuten.", day=date(standing.next.ends_on))


def to_come_for_other(standing: Standing) -> str:
    """The same, to whoever accompanies her."""
    if standing.open_id is not None and standing.shown:
        return _("Er ligt een tussenstand die nog niet vastligt.")
    if standing.open_id is not None or standing.next is None:
        return ""
    return _("De volgende tussenstand: vanaf %(day)s.", day=date(standing.next.begins_on))


def name(number: int) -> str:
    return _("Tussenstand %(number)s", number=number)


def day_title() -> str:
    """As a calendar shows it."""
    return _("Tussenstand van je ontwikkelplan")
