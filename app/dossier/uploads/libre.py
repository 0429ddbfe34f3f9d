"""What may stand in an odt or ods: only parts that every such document has, and nothing from elsewhere but links that
somebody has to click on.
"""

from __future__ import annotations

import re
from typing import Final

from app.dossier.uploads.known import Reason, Refused
from app.dossier.uploads.markup import Attributes, Reader, said

_PARTS: Final = re.compile(
    r"mimetype|(?:.*/)?(?:layout-cache|manifest\.rdf)|(?:.*/)?[^/]*\.xml|configurations2/.*"
    r"|(?:.*/)?(?:pictures|media|thumbnails)/[^/]*\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svm|webp|svg|mp[34]|wav)"
    r"|(?:.*/)?objectreplacements/[^/]*|(?:.*/)?fonts/[^/]*\.(?:ttf|otf)"
)
_MACRO_NAME: Final = re.compile(r"(?:^|/)(?:basic|scripts|dialogs)/")
_MACRO: Final = re.compile(r"\s*(?:macro|vnd\.sun\.star\.\w+|script|javascript|service|slot)\s*:", re.I)
_SCRIPTS: Final = frozenset({"event-listener", "script"})
_OTHER: Final = frozenset({"plugin", "applet", "floating-frame", "object-ole"})
_CLICKED: Final = re.compile(r"(?:https?://|mailto:|tel:|#)", re.I)
_INSIDE: Final = re.compile(r"(?:\./)?(?![/\\.])(?!.*\.\./)[^:\\]*|#.*", re.S)
_OWN_DISK: Final = re.compile(r"(?:\.\./|/(?!/))[^\\]*", re.S)


def look_at_name(name: str) -> None:
    """Raises Refused for a part that no plain document has. `name` in small letters."""
    if _MACRO_NAME.search(name):
        raise Refused(Reason.MACROS)
    if not (name.endswith("/") or _PARTS.fullmatch(name)):
        raise Refused(Reason.PARTS)


def look_at_part(name: str, content: bytes) -> None:
    """Raises Refused for what it does or gets by itself. `name` in small letters."""
    if name.endswith(".xml"):
        Reader(_look_at_element).read(content)


def _look_at_element(element: str, attributes: Attributes) -> None:
    if element in _SCRIPTS:
        raise Refused(Reason.MACROS)
    if element in _OTHER:
        raise Refused(Reason.PARTS)
    if element.startswith("dde-"):
        raise Refused(Reason.OUTSIDE)
    for target in said(attributes, "href"):
        if _MACRO.match(target):
            raise Refused(Reason.MACROS)
        if not _fits(element, target):
            raise Refused(Reason.OUTSIDE)


def _fits(element: str, target: str) -> bool:
    if element == "a":
        return not target or _CLICKED.match(target) is not None
    if element == "template" and _OWN_DISK.fullmatch(target):       # what it was made from is not opened by itself
        return True
    return _INSIDE.fullmatch(target) is not None
