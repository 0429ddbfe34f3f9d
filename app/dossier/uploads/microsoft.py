"""What may stand in a docx, xlsx or pptx: only parts that every such document has, and nothing from elsewhere but links
that somebody has to click on.
"""

from __future__ import annotations

import re
from typing import Final

from app.dossier.uploads.known import Kind, Reason, Refused
from app.dossier.uploads.markup import Attributes, Reader, said

_MAIN: Final = {Kind.DOCX: "document", Kind.XLSX: "sheet", Kind.PPTX: "presentation"}
_FOLDERS: Final = {Kind.DOCX: "word/", Kind.XLSX: "xl/", Kind.PPTX: "ppt/"}
_PARTS: Final = re.compile(
    r".*\.(?:xml|rels|vml|psmdcp|sigs|odttf|fntdata)|(?:.*/)?printersettings\d*\.bin|\[trash\]/[^/]*\.dat"
    r"|.*\.(?:png|jpe?g|jfif|gif|bmp|tiff?|emf|wmf|emz|wmz|wdp)"
    r"|.*/media/[^/]*\.(?:svg|webp|ico|tmp|mp[34]|m4[av]|wav|mov|wmv)"
)
_MACRO: Final = re.compile(r"vbaproject|vbadata|ms-office\.vba|macroenabled|macrosheet|dialogsheet|activex|^control$")
_MACRO_NAME: Final = re.compile(r"(?:^|/)(?:vbaproject|vbadata)[^/]*$|/(?:activex|macrosheets|dialogsheets)/"
                                r"|\.(?:docm|dotm|xlsm|xltm|xlam|xlsb|pptm|potm|ppsm|ppam)$")
_KNOWN_TYPES: Final = re.compile(
    r"(?:image|audio|video)/[\w.+-]+|(?:application|text)/xml|application/x-font(?:data|-ttf)?"
    r"|application/inkml\+xml|application/vnd\.(?:openxmlformats-|ms-)[\w.+-]+"
)
_OTHER_TYPES: Final = re.compile(r"oleobject|webextension|connections\+xml|ms-htmlhelp|ms-cab")
_OTHER_LINKS: Final = frozenset({"oleobject", "afchunk", "subdocument", "frame", "mailmergesource", "webextension",
                                 "webextensiontaskpanes", "connections", "attachedtoolbars", "recipientdata"})
_OTHER_ELEMENTS: Final = frozenset({"oleobject", "oleobj", "altchunk", "subdoc"})
_FROM_ELSEWHERE: Final = frozenset({"ddelink", "olelink"})
_CLICKED: Final = re.compile(r"(?:https?://|mailto:|tel:|#)", re.I)
_OFFICE_INSIDE: Final = re.compile(r"/embeddings/[^/]*\.(?:docx|xlsx|pptx)$")
_FIELDS: Final = re.compile(r"\0\s*(?:dde|ddeauto|link|import|includetext)\b", re.I)
_FIELD = "\0"       # where a field begins; no XML holds this


def look_at_name(name: str) -> None:
    """Raises Refused for a part that no plain document has. `name` in small letters."""
    if _MACRO_NAME.search(name):
        raise Refused(Reason.MACROS)
    if not (name.endswith("/") or _PARTS.fullmatch(name) or is_office_inside(name)):
        raise Refused(Reason.PARTS)


def is_office_inside(name: str) -> bool:
    """A document in a document, which is judged by itself: the figures behind a chart."""
    return _OFFICE_INSIDE.search(name) is not None


def kind_of(types: bytes, names: set[str]) -> Kind:
    """By the list of what the parts are. Raises Refused."""
    told: set[str] = set()
    Reader(lambda _element, attributes: told.update(said(attributes, "ContentType"))).read(types)
    told = {one.lower() for one in told}
    if any(_MACRO.search(one) for one in told):
        raise Refused(Reason.MACROS)
    found = [kind for kind in _MAIN if f"{kind.media_type.rpartition('.')[0]}.{_MAIN[kind]}.main+xml" in told]
    if len(found) != 1 or not any(name.startswith(_FOLDERS[found[0]]) for name in names):
        raise Refused(Reason.OTHER_OFFICE)
    if any(_OTHER_TYPES.search(one) or not _KNOWN_TYPES.fullmatch(one) for one in told):
        raise Refused(Reason.PARTS)
    return found[0]


def look_at_part(name: str, content: bytes) -> None:
    """Raises Refused for what it does or gets by itself. `name` in small letters."""
    if name.endswith(".rels"):
        Reader(_look_at_link).read(content)
    elif name.endswith(".xml"):
        reader = Reader(lambda element, attributes: _look_at_element(reader, element, attributes),
                        frozenset({"instrtext"}))
        reader.read(content)
        if _FIELDS.search("".join(reader.text)):
            raise Refused(Reason.OUTSIDE)


def _look_at_element(reader: Reader, element: str, attributes: Attributes) -> None:
    if element in _OTHER_ELEMENTS:
        raise Refused(Reason.PARTS)
    if element in _FROM_ELSEWHERE:
        raise Refused(Reason.OUTSIDE)
    if element == "fldchar":
        reader.text.append(_FIELD)
    elif element == "fldsimple":
        reader.text += (_FIELD, *said(attributes, "instr"))


def _look_at_link(_element: str, attributes: Attributes) -> None:
    kinds = {kind.rpartition("/")[2].lower() for kind in said(attributes, "Type")}
    if any(_MACRO.search(kind) for kind in kinds):
        raise Refused(Reason.MACROS)
    if kinds & _OTHER_LINKS:
        raise Refused(Reason.PARTS)
    outside = "external" in {mode.lower() for mode in said(attributes, "TargetMode")}
    for target in said(attributes, "Target"):
        if outside:
            fits = kinds == {"hyperlink"} and _CLICKED.match(target) is not None
        else:
            fits = ":" not in target and "\\" not in target and not target.startswith("//")
        if not fits:
            raise Refused(Reason.OUTSIDE)
