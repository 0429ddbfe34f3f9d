"""Documents of Word, Excel, PowerPoint and LibreOffice: zips of which everything is looked at, and nothing run."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Final

from app.dossier.uploads import libre, microsoft
from app.dossier.uploads.known import Kind, Reason, Refused, Upload

MOST_ENTRIES: Final = 3000
MOST_UNPACKED: Final = 100_000_000      # bytes of everything together
MOST_TAGS: Final = 3_000_000            # of everything together: reading them takes seconds
MOST_RATIO: Final = 200                 # unpacked to packed, of an entry that is worth looking at
WORTH_LOOKING: Final = 5_000_000
_PIECE: Final = 65_536
_TYPES: Final = "[content_types].xml"
_MANIFEST: Final = "meta-inf/manifest.xml"
_OPEN: Final = {kind.media_type.encode(): kind for kind in (Kind.ODT, Kind.ODS)}
_PROGRAMS: Final = (b"\xd0\xcf\x11\xe0", b"MZ", b"PK\x03\x04", b"#!", b"%PDF-")
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, IndexError, KeyError,
                  NotImplementedError, RuntimeError, OverflowError)
_END: Final = struct.Struct("<4s4H2LH")


def office(content: bytes) -> Upload:
    """A document as it was sent. Raises Refused."""
    return Upload(_judged(content, _Room()), content)


class _Room:
    """How much may still be unpacked of a document and what is in it: bytes, and tags."""

    def __init__(self) -> None:
        self.left, self.tags = MOST_UNPACKED, MOST_TAGS


def _judged(content: bytes, room: _Room, *, inside: bool = False) -> Kind:
    """`inside`: it is itself part of a document, and no other may be in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            _one_zip(content, opened)
            return _looked_through(opened, room, inside)
    except _BROKEN:
        raise Refused(Reason.DAMAGED) from None


def _one_zip(content: bytes, opened: zipfile.ZipFile) -> None:
    """The zip is the whole file: nothing stands before, between the list and its end, or behind it."""
    if len(opened.infolist()) > MOST_ENTRIES:
        raise Refused(Reason.TOO_MUCH_INSIDE)
    mark, _disk, _start, here, entries, size, at, said = _END.unpack(content[-_END.size:])
    first = min((entry.header_offset for entry in opened.infolist()), default=-1)
    whole = mark == b"PK\x05\x06" and not said and here == entries and at + size == len(content) - _END.size
    if not whole or first != 0 or opened.comment:
        raise Refused(Reason.TWO_IN_ONE)


def _looked_through(opened: zipfile.ZipFile, room: _Room, inside: bool) -> Kind:
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry in opened.infolist():
        _judge_name(entry, entries)
    if _MANIFEST in entries and b"encryption-data" in _unpacked(opened, entries[_MANIFEST], room):
        raise Refused(Reason.LOCKED)
    if _TYPES in entries:
        kind = microsoft.kind_of(_unpacked(opened, entries[_TYPES], room), set(entries))
        look_at_name, look_at_part = microsoft.look_at_name, microsoft.look_at_part
    else:
        kind = _open_kind(opened, set(entries))
        look_at_name, look_at_part = libre.look_at_name, libre.look_at_part
    for name in entries:
        look_at_name(name)
    for name, entry in entries.items():
        content = _unpacked(opened, entry, room)
        if _TYPES in entries and microsoft.is_office_inside(name) and not inside:
            _judged(content, room, inside=True)
        elif content.startswith(_PROGRAMS):
            raise Refused(Reason.PARTS)
        elif content:
            room.tags -= content.count(b"<") if name.endswith((".xml", ".rels")) else 0
            if room.tags < 0:
                raise Refused(Reason.TOO_MUCH_INSIDE)
            look_at_part(name, content)
    return kind


def _judge_name(entry: zipfile.ZipInfo, entries: dict[str, zipfile.ZipInfo]) -> None:
    """Raises Refused for what no office program writes: names that lead out of the zip, twice the same, a password."""
    name = entry.filename
    if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/"):
        raise Refused(Reason.DAMAGED)
    if name.lower() in entries or entry.orig_filename != name:
        raise Refused(Reason.DAMAGED)
    if entry.flag_bits & 0x1:
        raise Refused(Reason.LOCKED)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused(Reason.OTHER_OFFICE)
    entries[name.lower()] = entry


def _unpacked(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, room: _Room) -> bytes:
    """What it really holds, whatever it says of its size; no more than there is room for is ever unpacked."""
    parts, size = [], 0
    with opened.open(entry) as packed:
        while piece := packed.read(_PIECE):
            size += len(piece)
            if size > room.left or (size > WORTH_LOOKING and size > MOST_RATIO * max(entry.compress_size, 1)):
                raise Refused(Reason.TOO_MUCH_INSIDE)
            parts.append(piece)
    room.left -= size
    return b"".join(parts)


def _open_kind(opened: zipfile.ZipFile, names: set[str]) -> Kind:
    first = opened.infolist()[0]
    if first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED and "content.xml" in names:
        found = _OPEN.get(opened.read(first))
        if found is not None:
            return found
    raise Refused(Reason.OTHER_OFFICE)
