"""Photos and other pictures: decoded, turned the right way up, and made anew without anything else in them."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Mapping
from typing import Final

from PIL import Image, ImageOps

from app.dossier.uploads.known import Kind, Reason, Refused

MOST_PIXELS: Final = 50_000_000
LONGEST_SIDE: Final = 4000          # of what is kept: a page of paper that was photographed can be read well
SIGNATURES: Final[Mapping[Kind, re.Pattern[bytes]]] = {
    Kind.PNG: re.compile(rb"\x89PNG\r\n\x1a\n"),
    Kind.JPEG: re.compile(rb"\xff\xd8\xff"),
    Kind.WEBP: re.compile(rb"RIFF.{4}WEBP", re.S),
    Kind.GIF: re.compile(rb"GIF8[79]a"),
}
_KEPT_AS: Final = {Kind.GIF: Kind.PNG}
_BROKEN: Final = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, OverflowError, ArithmeticError,
                  EOFError, RuntimeError, struct.error, zlib.error, Image.DecompressionBombError)

Image.MAX_IMAGE_PIXELS = None           # we look ourselves, before anything is decoded


def picture(content: bytes, kind: Kind) -> bytes:
    """The first picture of this file, made anew. Raises Refused."""
    try:
        with Image.open(io.BytesIO(content), formats=[kind.name]) as opened:
            wide, high = opened.size
            if wide * high > MOST_PIXELS:
                raise Refused(Reason.TOO_MANY_PIXELS)
            opened.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
            return _made_anew(opened, kind)
    except _BROKEN:
        raise Refused(Reason.DAMAGED) from None


def _made_anew(opened: Image.Image, kind: Kind) -> bytes:
    opened.load()
    shown = ImageOps.exif_transpose(opened)
    see_through = "A" in shown.getbands() or "transparency" in shown.info
    mode = "RGBA" if see_through and kind is not Kind.JPEG else "L" if shown.mode in ("1", "L") else "RGB"
    plain = shown.convert(mode)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new(mode, plain.size)      # knows of no profile, remark, place or camera
    bare.paste(plain)
    into = io.BytesIO()
    if kind in (Kind.JPEG, Kind.WEBP):
        bare.save(into, kind.name, quality=88)
    else:
        bare.save(into, "PNG", optimize=False)
    return into.getvalue()


def kept_as(kind: Kind) -> Kind:
    """What a picture is after it was made anew."""
    return _KEPT_AS.get(kind, kind)
