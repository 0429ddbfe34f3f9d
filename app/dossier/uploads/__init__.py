"""What somebody uploads, judged by its content: nothing in it is executed, and its name counts for nothing.

PURE: no request and no database. `judge` gives what may be kept, or raises Refused with the reason.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from mimetypes import MimeTypes
from typing import Final

from app.dossier.uploads.known import Kind, Reason, Refused, Upload
from app.dossier.uploads.names import extension_of
from app.dossier.uploads.office import office

__all__ = ["MOST", "Kind", "Reason", "Refused", "Upload", "judge"]

MOST: Final = 10 * 1024 * 1024      # bytes of one file
_PICTURES: Final[Mapping[Kind, re.Pattern[bytes]]] = {
    Kind.PNG: re.compile(rb"\x89PNG\r\n\x1a\n"),
    Kind.JPEG: re.compile(rb"\xff\xd8\xff"),
    Kind.WEBP: re.compile(rb"RIFF.{4}WEBP", re.S),
    Kind.GIF: re.compile(rb"GIF8[79]a"),
}
_HEIC: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"heif", b"mif1", b"msf1", b"avif", b"avis")
_TYPES: Final = MimeTypes()          # those that Python knows by itself, on every system the same
_one_at_a_time = threading.Lock()    # a hostile picture takes up to 350 MB while it is looked at (measured)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"       # office documents of before 2007, and those with a password


def judge(content: bytes, name: str) -> Upload:
    """What may be kept of an uploaded file. Raises Refused: also when its name says that it is something else."""
    if not content:
        raise Refused(Reason.EMPTY)
    if len(content) > MOST:
        raise Refused(Reason.TOO_BIG)
    kind = _kind(content)
    with _one_at_a_time:
        if kind is Kind.DOCX:
            found = office(content)
        elif kind is Kind.PDF:
            from app.dossier.uploads.pdfs import pdf  # a reader of PDFs is no work for the start

            found = Upload(kind, pdf(content))
        else:
            from app.dossier.uploads.pictures import kept_as, picture  # nor is a decoder of pictures

            found = Upload(kept_as(kind), picture(content, kind))
    _compare(name, found.kind)
    return found


def _kind(content: bytes) -> Kind:
    """What the first bytes say; DOCX stands for any document that is a zip."""
    for kind, signature in _PICTURES.items():
        if signature.match(content):
            return kind
    if content.startswith(b"%PDF-"):
        return Kind.PDF
    if content.startswith(b"PK\x03\x04"):
        return Kind.DOCX
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise Refused(Reason.HEIC)
    if content.startswith(_OLE):
        raise Refused(Reason.OLD_OFFICE)
    if b"<svg" in content[:4096].lower().replace(b"\0", b""):
        raise Refused(Reason.SVG)
    raise Refused(Reason.UNKNOWN)


def _compare(name: str, kind: Kind) -> None:
    """A name that is known to mean something else is told; of pictures any is as good as another."""
    extension = extension_of(name)
    said = next((known.media_type for known in Kind if extension in known.extensions), None)
    said = said or (_TYPES.guess_type(f"x.{extension}")[0] if extension else None)
    if said in (None, kind.media_type) or (kind.is_picture and str(said).startswith("image/")):
        return
    raise Refused(Reason.OTHER_THAN_ITS_NAME, named=f".{extension}", kind=kind)
