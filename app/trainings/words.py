"""What the aanbod is called on the screen: its fields, its prices, and what is wrong with what was filled in."""

from __future__ import annotations

from flask_babel import gettext as _

from app.papers.sheet_reading import Unreadable, Why
from app.trainings.columns import MOST, NAMES
from app.trainings.entries import COSTS, Fault, Wrong
from app.trainings.models import Training
from app.trainings.seeding import forms
from app.web.formats import euros


def column(field: str) -> str:
    """As it stands above the column of a file."""
    return NAMES[field]


def value(field: str, text: str) -> str:
    """One field as it is shown beside what it becomes."""
    if not text:
        return _("(leeg)")
    if field == "form":
        return forms().get(text, text)
    return euros(int(text)) if field in COSTS else text


def price(training: Training) -> str:
    """What it costs, in one line."""
    said = []
    if training.cost_person is not None:
        said.append(_("%(amount)s per persoon", amount=euros(training.cost_person)))
    if training.cost_group is not None:
        said.append(_("%(amount)s per groep", amount=euros(training.cost_group)))
    return ", ".join(said)


def places(training: Training) -> str:
    if training.places_min == training.places_max:
        return str(training.places_max)
    return _("%(least)s tot %(most)s", least=training.places_min, most=training.places_max)


def fault(found: Fault) -> str:
    """What is wrong, and what would be right."""
    told = {
        Wrong.EMPTY: _empty(found.field),
        Wrong.TOO_LONG: _("Maak het korter: er passen %(most)s tekens in.", most=found.most),
        Wrong.NO_NUMBER: _("‘%(text)s’ is geen heel getal. Schrijf bijvoorbeeld %(example)s.", text=found.text[:40],
                           example="1200" if found.field in COSTS else "12"),
        Wrong.OUT_OF_RANGE: _("Schrijf een getal van %(least)s tot en met %(most)s.", least=_number(found.least),
                              most=_number(found.most)),
        Wrong.LOWER: _lower(found),
        Wrong.NO_PRICE: _("Schrijf ten minste één prijs op: per groep of per persoon. Kost het niets? Schrijf 0."),
        Wrong.UNKNOWN: _unknown(found),
        Wrong.TWICE: _("%(text)s staat er twee keer in.", text=found.text[:40]),
        Wrong.NO_CODE: _("Een code heeft alleen kleine letters, cijfers en streepjes, hoogstens 60. Laat je hem leeg, "
                         "dan maken we er een."),
        Wrong.NO_ANSWER: _("Schrijf ja of nee."),
        Wrong.FORMULA: _("Hier staat een formule. Zet er de uitkomst neer, als gewone tekst."),
        Wrong.BROKEN: _("Hier staat een fout, of tekens die niet goed zijn bewaard. Typ het opnieuw."),
        Wrong.ELSEWHERE: _("Deze opleiding staat ook op regel %(row)s. Laat er één van staan.", row=found.least),
    }
    return told[found.wrong]


def unreadable(error: Unreadable) -> str:
    """Why a file cannot be read, and what to do."""
    told = {
        Why.EMPTY: _("Dit bestand is leeg. Begin met het bestand dat je hieronder kunt ophalen."),
        Why.NO_SHEET: _("Dit is geen rekenblad. Kies een Excel-bestand (.xlsx) of een CSV-bestand."),
        Why.OLD_OR_LOCKED: _("Dit is een ouder Excel-bestand, of er zit een wachtwoord op. Bewaar het als .xlsx zonder "
                             "wachtwoord, en kies het opnieuw."),
        Why.DAMAGED: _("Dit bestand is beschadigd: we kunnen het niet openen. Bewaar het opnieuw als .xlsx of CSV."),
        Why.TOO_BIG: _("Dit bestand is uitgepakt veel te groot. Zet alleen de opleidingen in een nieuw bestand."),
        Why.TOO_MANY_ROWS: _("Dit bestand heeft meer dan %(most)s opleidingen. Verdeel het over meer bestanden.",
                             most=_number(MOST)),
        Why.NOT_UTF8: _("Op regel %(row)s staan tekens die we niet kunnen lezen. Kies bij het bewaren ‘CSV UTF-8’, of "
                        "bewaar het als Excel-bestand (.xlsx).", row=error.row or 1),
        Why.QUOTES: _("Rond regel %(row)s staan aanhalingstekens die niet kloppen. Bewaar het bestand opnieuw vanuit "
                      "je rekenprogramma, liefst als .xlsx.", row=error.row),
    }
    return told[error.why]


def not_ours() -> str:
    """Of a file without a single column that we know."""
    return _("Dit is geen rekenblad met opleidingen: op de eerste regel staat geen enkele kolom die we kennen. Begin "
             "met het bestand dat je hieronder kunt ophalen.")


def too_much_text() -> str:
    return _("Er staat te veel tekst in dit bestand om in één keer te verwerken. Verdeel het over meer bestanden.")


def _empty(field: str) -> str:
    return {
        "title": _("Geef de opleiding een titel."),
        "form": _("Kies een vorm."),
        "competencies": _("Kies ten minste één onderwerp."),
    }.get(field) or _("Schrijf hier een getal.")


def _unknown(found: Fault) -> str:
    if found.field == "competencies":
        return _("Het onderwerp ‘%(text)s’ staat niet in het raamwerk. Gebruik een code, zoals VM1.",
                 text=found.text[:40])
    return _("De vorm ‘%(text)s’ kennen we niet.", text=found.text[:40])


def _lower(found: Fault) -> str:
    if found.field == "places_max":
        return _("Dit kan niet minder zijn dan het kleinste aantal plaatsen (%(least)s).", least=found.least)
    return _("Dit kan niet lager zijn dan het niveau waar je begint (%(least)s).", least=found.least)


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
