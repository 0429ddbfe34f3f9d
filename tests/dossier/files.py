"""Files as people send them, made here: good ones, damaged ones and hostile ones."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import xlsxwriter
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

PLACE = "Havenstraat 12 te Delft"       # what a camera wrote into a photo


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB") -> bytes:
    into = io.BytesIO()
    Image.new(mode, size, "orange" if mode == "RGB" else 1).save(into, kind)
    return into.getvalue()


def photo_with_secrets() -> bytes:
    """A photo taken on its side, wide 60 and high 40 as it is stored, with where it was taken in it."""
    exif = Image.Exif()
    exif[0x0112] = 6                    # turn it a quarter to the right
    exif[0x010E] = PLACE
    exif.get_ifd(0x8825)[0x001D] = "2026:03:12"
    image = Image.new("RGB", (60, 40), "orange")
    image.paste((0, 0, 255), (0, 0, 30, 40))
    into = io.BytesIO()
    image.save(into, "JPEG", exif=exif, comment=PLACE.encode(), quality=95)
    return into.getvalue()


def pdf(action: DictionaryObject | None = None, *, attached: bool = False, password: str | None = None,
        padding: int = 0) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if padding:
        writer.add_metadata({"/Keywords": "x" * padding})
    if action is not None:
        writer.root_object[NameObject("/OpenAction")] = action
    if attached:
        writer.add_attachment("factuur.exe", b"MZ")
    if password is not None:
        writer.encrypt(password, "van de maker")
    into = io.BytesIO()
    writer.write(into)
    return into.getvalue()


def script() -> DictionaryObject:
    return DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")})


def hidden_script() -> bytes:
    """The same with its names written so that who looks for words in the file does not find them."""
    return pdf(script()).replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/J#53")


def launching() -> bytes:
    inside = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd")})
    outside = DictionaryObject({NameObject("/S"): NameObject("/GoTo"), NameObject("/Next"): ArrayObject([inside])})
    return pdf(outside).replace(b"/Launch", b"/Laun#63h")


def packed_objects(size: int, count: int) -> bytes:
    """A PDF with so many objects that all lie in one packed stream, which is so big unpacked."""
    inner = zlib.compress(b"5 0 " + b" " * size + b"<</A 1>>", 9)
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
             b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
             b"<</Type/ObjStm/N 1/First 4/Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(inner), inner)]
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    rows = [(0, 0, 65535), *((1, place, 0) for place in places), *((2, 4, 0) for _ in range(count)), (1, len(made), 0)]
    table = zlib.compress(b"".join(struct.pack(">BIH", *row) for row in rows))
    start = len(made)
    made += (b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root 1 0 R/Length %d/Filter/FlateDecode>>stream\n%s\nendstream\n"
             b"endobj\nstartxref\n%d\n%%%%EOF\n" % (5 + count, 6 + count, len(table), table, start))
    return bytes(made)


def workbook() -> bytes:
    into = io.BytesIO()
    book = xlsxwriter.Workbook(into)
    book.add_worksheet("Uren").write(0, 0, "Gesprek")
    book.close()
    return into.getvalue()


def zipped(entries: Mapping[str, bytes], *, stored: frozenset[str] = frozenset()) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(zipfile.ZipInfo(name), content,
                          zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return into.getvalue()


MAIN = {
    "docx": ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml",
             "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"),
}


def document(kind: str = "docx", more: Mapping[str, bytes] | None = None, types: str | None = None) -> bytes:
    part, said = MAIN[kind]
    override = f'<Override PartName="/{part}" ContentType="{types or said}"/>'
    return zipped({"[Content_Types].xml": f"<Types>{override}</Types>".encode(), part: b"<w/>", **(more or {})})


def open_document(kind: str = "text", more: Mapping[str, bytes] | None = None, manifest: bytes = b"<m/>") -> bytes:
    said = f"application/vnd.oasis.opendocument.{kind}".encode()
    return zipped({"mimetype": said, "content.xml": b"<o/>", "META-INF/manifest.xml": manifest, **(more or {})},
                  stored=frozenset({"mimetype"}))


def lying_about_its_size(content: bytes, said: int) -> bytes:
    """A zip whose entries say that they are so big unpacked, whatever they are."""
    changed = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        found = changed.find(mark)
        while found >= 0:
            changed[found + at:found + at + 4] = said.to_bytes(4, "little")
            found = changed.find(mark, found + 4)
    return bytes(changed)
