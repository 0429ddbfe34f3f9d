"""What this room calls things on the screen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.dossier.models import EvidenceKind, SeenBy
from app.dossier.uploads import Kind, Reason, Refused
from app.dossier.uploads.names import extension_of
from app.practice.models import PracticeSheet
from app.practice.reading import title_of
from app.web.formats import date

KINDS: Final[Mapping[EvidenceKind, object]] = {
    EvidenceKind.SHEET: _l("praktijkblad"),
    EvidenceKind.FILE: _l("bestand"),
    EvidenceKind.LINK: _l("link"),
    EvidenceKind.NOTE: _l("notitie"),
    EvidenceKind.REACTION: _l("reactie"),
}
SEEN_BY: Final[Mapping[SeenBy, object]] = {
    SeenBy.ME: _l("alleen jij"),
    SeenBy.LEAD: _l("jij, je teamleider en je gesprekspartner"),
}
_FILES: Final[Mapping[str, object]] = {
    "pdf": _l("een pdf"), "docx": _l("een document van Word"), "xlsx": _l("een werkblad van Excel"),
    "pptx": _l("een presentatie van PowerPoint"), "odt": _l("een document van LibreOffice"),
    "ods": _l("een werkblad van LibreOffice"),
}  # fmt: skip
_ACCEPTED: Final = _l("Kies een pdf, een foto of afbeelding (jpg, png, webp of gif), of een document (docx, xlsx, "
                      "pptx, odt of ods).")
TOO_BIG: Final = _l("Dit bestand is groter dan 10 MB. Kies een kleiner bestand. Wat je typte, staat er nog, maar is "
                    "nog niet bewaard.")
NO_ROOM: Final = _l("Op de server is nu geen plaats voor je bestand. Je tekst staat hieronder nog. Probeer het later "
                    "opnieuw, of vraag de beheerder om ruimte te maken.")
SHELF_FULL: Final = _l("Je dossier is vol: er passen 200 bestanden in, samen 500 MB. Gooi eerst een bestand weg dat je "
                       "niet meer nodig hebt. Je tekst staat hieronder nog.")
CHOOSE_AGAIN: Final = _l("Kies je bestand nog een keer: het kon niet mee terugkomen met je tekst.")
_REASONS: Final[Mapping[Reason, object]] = {
    Reason.EMPTY: _l("Dit bestand is leeg. Kijk of het goed is opgeslagen en kies het opnieuw."),
    Reason.TOO_BIG: TOO_BIG,
    Reason.SVG: _l("Een svg is een tekening waarin ook een programma kan staan; die bewaren we niet. Sla hem op als "
                   "png of pdf en kies dat bestand."),
    Reason.HEIC: _l("Deze foto is in het formaat van een iPhone (heic), en dat kunnen we niet lezen. Deel of bewaar "
                    "hem als jpg, of maak een schermafdruk, en kies die."),
    Reason.OLD_OFFICE: _l("Dit document is van voor 2007, of er zit een wachtwoord op. Sla het zonder wachtwoord op "
                          "als docx, xlsx of pptx, of als pdf, en kies dat bestand."),
    Reason.OTHER_OFFICE: _l("Dit is een zip-bestand of een soort document dat we niet kennen."),
    Reason.DAMAGED: _l("Dit bestand is beschadigd of niet helemaal aangekomen. Open het op je eigen computer, sla het "
                       "opnieuw op en kies het nog een keer."),
    Reason.LOCKED: _l("Op dit bestand zit een wachtwoord. Sla het op zonder wachtwoord en kies het opnieuw."),
    Reason.MACROS: _l("In dit document zit een programma (een macro). Sla het op zonder macro's, of als pdf, en kies "
                      "dat bestand."),
    Reason.OUTSIDE: _l("Dit document haalt bij het openen iets van elders op, zoals een sjabloon, een afbeelding of "
                       "cijfers uit een ander bestand. Sla het op als pdf en kies dat bestand."),
    Reason.PARTS: _l("In dit document zit een ander bestand, of een onderdeel dat uit zichzelf iets kan doen. Sla het "
                     "op als pdf en kies dat bestand."),
    Reason.ACTIONS: _l("In deze pdf zit iets dat uit zichzelf iets doet, of een ander bestand. Druk hem af naar een "
                       "nieuwe pdf en kies die."),
    Reason.TWO_IN_ONE: _l("In dit bestand zit nog een ander bestand verstopt. Sla het opnieuw op, bijvoorbeeld als "
                          "pdf, en kies dat."),
    Reason.TOO_MUCH_INSIDE: _l("In dit bestand zit veel meer dan in een gewoon document. Sla het op als pdf en kies "
                               "dat bestand."),
    Reason.TOO_MANY_PIXELS: _l("Deze afbeelding is te groot. Er passen 25 miljoen beeldpunten in (12 miljoen in een "
                               "webp of als zij doorzichtig is), en hooguit 12.000 langs een kant. Maak haar kleiner "
                               "en kies haar opnieuw."),
}


def why(refused: Refused, name: str = "") -> str:
    """Why a file was not kept, and what to do about it. `name`: how it was called."""
    if refused.reason is Reason.OTHER_THAN_ITS_NAME and refused.kind is not None:
        return _("De naam eindigt op %(named)s, maar dit is %(kind)s. Kies het goede bestand, of geef het de naam die "
                 "erbij hoort.", named=refused.named, kind=_called(refused.kind))
    extension = extension_of(name)
    if refused.reason is Reason.UNKNOWN and any(extension in kind.extensions for kind in Kind):
        return _("De naam eindigt op .%(extension)s, maar het is geen echte %(extension)s. Open het op je eigen "
                 "computer, sla het opnieuw op en kies het nog een keer.", extension=extension)
    if refused.reason is Reason.UNKNOWN:
        return _("Dit soort bestand kunnen we niet bewaren. %(accepted)s", accepted=_ACCEPTED)
    if refused.reason is Reason.OTHER_OFFICE:
        return f"{_REASONS[refused.reason]} {_ACCEPTED}"
    return str(_REASONS[refused.reason])


def _called(kind: Kind) -> str:
    return _("een afbeelding") if kind.is_picture else str(_FILES[kind.extension])


def is_sentence(text: str) -> bool:
    """Whether it says something: four words at least."""
    return len(re.findall(r"[^\W\d_]+", text)) >= 4


def size(count: int) -> str:
    """How big a file is: 12 kB · 3,4 MB."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")


def sheet_name(sheet: PracticeSheet) -> str:
    """A practice sheet by what it is about, and when it was finished."""
    title = title_of(sheet)
    return f"{title}, {date(sheet.finished_at)}" if sheet.finished_at else title
