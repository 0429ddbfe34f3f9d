"""PDFs: read through without executing anything, and refused when they would do something by themselves."""

from __future__ import annotations

import io
import logging
import re
import time
import zipfile
from collections.abc import Iterator
from typing import Final

from pypdf import PdfReader, apply_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from app.dossier.uploads.known import Reason, Refused

MOST_OBJECTS: Final = 100_000
PATIENCE: Final = 10.0      # seconds of work of our own: on a server that is busy with others a file is not worse
MOST_UNPACKED: Final = 4_000_000        # bytes of one stream of objects; pictures and pages stay packed
MOST_IN_A_ROW: Final = 100              # actions that follow on each other
_DOES: Final = frozenset({"/JavaScript", "/Launch", "/ImportData", "/GoToE", "/Rendition", "/Movie", "/Sound",
                          "/RichMediaExecute", "/GoTo3DView"})      # also where somebody has to click for it
_MOVES: Final = "/GoTo"                 # the only thing that may happen by itself: another page comes in view
_CARRIES: Final = frozenset({"/JS", "/EF", "/XFA", "/RichMediaContent", "/EmbeddedFiles"})
_RAW: Final = re.compile(rb"/(?:JavaScript|EmbeddedFile|Launch|RichMedia)\b")
_END: Final = b"%%EOF"
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)       # it would tell what is in a file


def pdf(content: bytes) -> bytes:
    """The PDF up to its last end. Raises Refused."""
    end = content.rfind(_END)
    if end < 0:
        raise Refused(Reason.DAMAGED)
    whole = content[: end + len(_END)] + b"\n"
    if zipfile.is_zipfile(io.BytesIO(content)) or zipfile.is_zipfile(io.BytesIO(whole)):
        raise Refused(Reason.TWO_IN_ONE)
    if _RAW.search(whole):
        raise Refused(Reason.ACTIONS)
    try:
        with apply_configuration(
            zlib_maximum_output_length=MOST_UNPACKED, lzw_maximum_output_length=MOST_UNPACKED,
            run_length_maximum_output_length=MOST_UNPACKED, stream_decoding_work_maximum_length=4 * MOST_UNPACKED,
            jbig2dec_binary=None,
        ):  # fmt: skip
            _read_through(whole)
    except Refused:
        raise
    except (LimitReachedError, MemoryError, RecursionError):
        raise Refused(Reason.TOO_MUCH_INSIDE) from None
    except Exception:       # a damaged file can lead a reader anywhere
        raise Refused(Reason.DAMAGED) from None
    return whole


def _read_through(content: bytes) -> None:
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused(Reason.LOCKED)
    if not reader.pages[0]:
        raise Refused(Reason.DAMAGED)
    until = time.thread_time() + PATIENCE
    numbers = list(_numbers(reader))
    if len(numbers) > MOST_OBJECTS:
        raise Refused(Reason.TOO_MUCH_INSIDE)
    _look_at(reader.trailer)
    for generation, number in numbers:
        if time.thread_time() > until:
            raise Refused(Reason.TOO_MUCH_INSIDE)
        _look_at(reader.get_object(IndirectObject(number, generation, reader)))


def _numbers(reader: PdfReader) -> Iterator[tuple[int, int]]:
    """Generation and number of everything in the file."""
    for generation, entries in reader.xref.items():
        yield from ((generation, number) for number in entries if number and generation < 65535)
    yield from ((0, number) for number in reader.xref_objStm)


def _look_at(thing: object) -> None:
    """Raises Refused when this object, or what stands directly in it, does or carries something."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            if _CARRIES & one.keys() or _named(one, "/S") in _DOES:
                raise Refused(Reason.ACTIONS)
            _look_at_what_happens(one)
            waiting += [one.raw_get(key) for key in one]
        elif isinstance(one, ArrayObject):
            waiting += list(list.__iter__(one))


def _look_at_what_happens(one: DictionaryObject) -> None:
    """Raises Refused when something happens by itself, at opening or at another moment, other than a move."""
    waiting = []
    if "/OpenAction" in one and not isinstance(opening := _whole(one["/OpenAction"]), ArrayObject):
        waiting.append(opening)         # an array is a place in this file
    if "/AA" in one and isinstance(moments := _whole(one["/AA"]), DictionaryObject):
        waiting += [moments[moment] for moment in moments]
    for _ in range(MOST_IN_A_ROW):
        if not waiting:
            return
        action = _whole(waiting.pop())
        if isinstance(action, ArrayObject):
            waiting += list(list.__iter__(action))
        elif isinstance(action, DictionaryObject):
            if _named(action, "/S") != _MOVES:
                raise Refused(Reason.ACTIONS)
            if "/Next" in action:
                waiting.append(action["/Next"])
    raise Refused(Reason.TOO_MUCH_INSIDE)


def _named(one: DictionaryObject, key: str) -> object:
    return _whole(one[key]) if key in one else None


def _whole(thing: object) -> object:
    """What stands there, also when it stands elsewhere in the file."""
    return thing.get_object() if isinstance(thing, PdfObject) else thing
