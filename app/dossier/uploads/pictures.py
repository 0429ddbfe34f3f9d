"""Photos and other pictures: decoded, turned the right way up, and made anew without anything else in them."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Final

from PIL import Image, ImageOps

from app.dossier.uploads.known import Kind, Reason, Refused

LONGEST_SENT: Final = 12_000        # pixels along one side
MOST_PIXELS: Final = 25_000_000     # what phones make by themselves has at most 24.5 million
MOST_OTHER_PIXELS: Final = 12_500_000       # of what takes twice the memory while it is looked at: see-through, WebP
LONGEST_SIDE: Final = 4000          # of what is kept: a page of paper that was photographed can be read well
_WITHOUT_SHADES: Final = frozenset({"1", "P", "PA"})       # these would be made smaller by leaving pixels out
_KEPT_AS: Final = {Kind.GIF: Kind.PNG}
_BROKEN: Final = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, OverflowError, ArithmeticError,
                  EOFError, RuntimeError, struct.error, zlib.error, Image.DecompressionBombError)

Image.MAX_IMAGE_PIXELS = None           # we look ourselves, before anything is decoded


def picture(content: bytes, kind: Kind) -> bytes:
    """The first picture of this file, made anew. Raises Refused."""
    try:
        with Image.open(io.BytesIO(content), formats=[kind.name]) as opened:
            if max(opened.size) > LONGEST_SENT or opened.width * opened.height > _most(opened, kind):
                raise Refused(Reason.TOO_MANY_PIXELS)
            opened.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
            return _made_anew(opened, kind)
    except _BROKEN:
        raise Refused(Reason.DAMAGED) from None


def _most(opened: Image.Image, kind: Kind) -> int:
    """How many pixels it may have, by what it says of itself before anything is decoded."""
    return MOST_OTHER_PIXELS if kind is Kind.WEBP or _is_see_through(opened) else MOST_PIXELS


def _is_see_through(opened: Image.Image) -> bool:
    return "A" in opened.getbands() or "transparency" in opened.info


def _made_anew(opened: Image.Image, kind: Kind) -> bytes:
    """Made smaller first, and nothing held twice that is big: `opened` cannot be used any more."""
    opened.load()
    mode = "RGBA" if _is_see_through(opened) and kind is not Kind.JPEG else "L" if opened.mode in ("1", "L") else "RGB"
    if opened.mode in _WITHOUT_SHADES:
        smaller = opened.convert(mode)
        opened.close()
    else:
        smaller = opened
    smaller.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    ImageOps.exif_transpose(smaller, in_place=True)
    plain = smaller if smaller.mode == mode else smaller.convert(mode)
    bare = Image.new(mode, plain.size)      # knows of no profile, remark, place or camera
    bare.paste(plain)
    plain.close()
    smaller.close()
    into = io.BytesIO()
    if kind in (Kind.JPEG, Kind.WEBP):
        bare.save(into, kind.name, quality=88)
    else:
        bare.save(into, "PNG", optimize=False)
    return into.getvalue()


def kept_as(kind: Kind) -> Kind:
    """What a picture is after it was made anew."""
    return _KEPT_AS.get(kind, kind)
