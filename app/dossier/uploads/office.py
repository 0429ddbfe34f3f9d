"""Documents of Word, Excel, PowerPoint and LibreOffice: zips of which everything is looked at, and nothing run."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import Final

from app.dossier.uploads.known import Kind, Reason, Refused, Upload

MOST_ENTRIES: Final = 3000
MOST_UNPACKED: Final = 100_000_000      # bytes of everything together
MOST_RATIO: Final = 200                 # unpacked to packed, of an entry that is worth looking at
WORTH_LOOKING: Final = 5_000_000
_PIECE: Final = 65_536
_TYPES: Final = "[Content_Types].xml"
_MAIN: Final = {Kind.DOCX: b"wordprocessingml.document.main+xml", Kind.XLSX: b"spreadsheetml.sheet.main+xml",
                Kind.PPTX: b"presentationml.presentation.main+xml"}
_PARTS: Final = {Kind.DOCX: "word/", Kind.XLSX: "xl/", Kind.PPTX: "ppt/"}
_OPEN: Final = {kind.media_type.encode(): kind for kind in (Kind.ODT, Kind.ODS)}
_RUNS: Final = re.compile(r"(^|/)(vbaproject|vbadata)[^/]*$|/(activex|macrosheets)/|^(basic|scripts)/"
                          r"|\.(docm|dotm|xlsm|xltm|xlam|xlsb|pptm|potm|ppsm|exe|dll|js|vbs|jar|bat|cmd|ps1|html?)$")
_NESTED_MACROS: Final = re.compile(rb"vbaProject|vbaData|macroEnabled|macrosheet", re.I)
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, IndexError, KeyError,
                  NotImplementedError, RuntimeError, OverflowError)
_END: Final = struct.Struct("<4s4H2LH")


def office(content: bytes) -> Upload:
    """A document as it was sent. Raises Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            _one_zip(content, opened)
            kind = _looked_through(opened)
    except _BROKEN:
        raise Refused(Reason.DAMAGED) from None
    return Upload(kind, content)


def _one_zip(content: bytes, opened: zipfile.ZipFile) -> None:
    """The zip is the whole file: nothing stands before, between the list and its end, or behind it."""
    if len(opened.infolist()) > MOST_ENTRIES:
        raise Refused(Reason.TOO_MUCH_INSIDE)
    mark, _disk, _start, here, entries, size, at, said = _END.unpack(content[-_END.size:])
    first = min((entry.header_offset for entry in opened.infolist()), default=-1)
    whole = mark == b"PK\x05\x06" and not said and here == entries and at + size == len(content) - _END.size
    if not whole or first != 0 or opened.comment:
        raise Refused(Reason.TWO_IN_ONE)


def _looked_through(opened: zipfile.ZipFile) -> Kind:
    names: set[str] = set()
    room, macros = MOST_UNPACKED, False
    types = manifest = b""
    for entry in opened.infolist():
        _judge_name(entry, names)
        macros = macros or _RUNS.search(entry.filename.lower()) is not None
        whole = _unpacked(opened, entry, room)
        room -= len(whole)
        if whole.startswith(b"PK\x03\x04"):
            macros = macros or _NESTED_MACROS.search(whole) is not None
        if entry.filename == _TYPES:
            types = whole
        elif entry.filename == "META-INF/manifest.xml":
            manifest = whole
    kind = _kind(opened, types, names)
    if b"encryption-data" in manifest:
        raise Refused(Reason.LOCKED)
    if macros or b"macroEnabled" in types or b"vbaProject" in types:
        raise Refused(Reason.MACROS)
    return kind


def _judge_name(entry: zipfile.ZipInfo, names: set[str]) -> None:
    """Raises Refused for what no office program writes: names that lead out of the zip, twice the same, a password."""
    name = entry.filename
    if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/"):
        raise Refused(Reason.DAMAGED)
    if name.lower() in names or entry.orig_filename != name:
        raise Refused(Reason.DAMAGED)
    if entry.flag_bits & 0x1:
        raise Refused(Reason.LOCKED)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused(Reason.OTHER_OFFICE)
    names.add(name.lower())


def _unpacked(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    """What it really holds, whatever it says of its size; no more than there is room for is ever unpacked."""
    parts, size = [], 0
    with opened.open(entry) as packed:
        while piece := packed.read(_PIECE):
            size += len(piece)
            if size > room or (size > WORTH_LOOKING and size > MOST_RATIO * max(entry.compress_size, 1)):
                raise Refused(Reason.TOO_MUCH_INSIDE)
            parts.append(piece)
    return b"".join(parts)


def _kind(opened: zipfile.ZipFile, types: bytes, names: set[str]) -> Kind:
    if types:
        if b"<!DOCTYPE" in types or b"<!ENTITY" in types:
            raise Refused(Reason.DAMAGED)
        for kind, main in _MAIN.items():
            macro = main.replace(b"document.main", b"document.macroEnabled.main")
            if main in types and any(name.startswith(_PARTS[kind]) for name in names):
                return kind
            if macro != main and macro in types:
                raise Refused(Reason.MACROS)
        if b"macroEnabled" in types:
            raise Refused(Reason.MACROS)
        raise Refused(Reason.OTHER_OFFICE)
    first = opened.infolist()[0]
    if first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED and "content.xml" in names:
        found = _OPEN.get(opened.read(first))
        if found is not None:
            return found
    raise Refused(Reason.OTHER_OFFICE)
