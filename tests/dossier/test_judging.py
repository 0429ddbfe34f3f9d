"""What may be kept of a file: judged by its content, and never executed."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from app.dossier.uploads import MOST, Kind, Reason, Refused, judge
from app.dossier.uploads.names import LONGEST, extension_of, file_name
from tests.dossier import files

BOMB = b"\0" * 60_000_000


def refused(content: bytes, name: str = "bestand") -> Reason:
    with pytest.raises(Refused) as told:
        judge(content, name)
    return told.value.reason


@pytest.mark.parametrize(("content", "name", "kind"), [
    (files.pdf(), "verslag.pdf", Kind.PDF),
    (files.pdf(), "VERSLAG.PDF", Kind.PDF),
    (files.pdf(password=""), "van-de-bank.pdf", Kind.PDF),     # anybody may open it
    (files.packed_objects(10, 1), "verslag.pdf", Kind.PDF),
    (files.picture("PNG"), "bord.png", Kind.PNG),
    (files.picture("PNG", mode="L"), "bord.png", Kind.PNG),
    (files.picture("PNG", mode="1"), "bord.png", Kind.PNG),
    (files.picture("PNG", mode="P"), "bord.png", Kind.PNG),
    (files.picture("PNG", mode="I;16"), "bord.png", Kind.PNG),
    (files.picture("PNG", mode="LA"), "bord.png", Kind.PNG),
    (files.picture("JPEG"), "bord.jpeg", Kind.JPEG),
    (files.picture("JPEG", mode="CMYK"), "bord.jpg", Kind.JPEG),
    (files.picture("WEBP"), "bord.webp", Kind.WEBP),
    (files.picture("GIF"), "bord.gif", Kind.PNG),
    (files.picture("JPEG"), "bord.png", Kind.JPEG),            # programs that send pictures mix these up
    (files.picture("JPEG"), "IMG_0012.HEIC", Kind.JPEG),
    (files.picture("PNG"), "zonder-einde", Kind.PNG),
    (files.picture("PNG"), "verslag.v2", Kind.PNG),
    (files.workbook(), "uren.xlsx", Kind.XLSX),
    (files.document("docx"), "verslag.docx", Kind.DOCX),
    (files.document("xlsx"), "uren.xlsx", Kind.XLSX),
    (files.document("pptx"), "dia.pptx", Kind.PPTX),
    (files.open_document("text"), "verslag.odt", Kind.ODT),
    (files.open_document("spreadsheet"), "uren.ods", Kind.ODS),
    (files.document("docx", {"word/embeddings/blad.xlsx": files.workbook()}), "verslag.docx", Kind.DOCX),
])  # fmt: skip
def test_what_people_use_is_kept(content: bytes, name: str, kind: Kind) -> None:
    assert judge(content, name).kind is kind


@pytest.mark.parametrize(("content", "name", "reason"), [
    (b"", "leeg.pdf", Reason.EMPTY),
    (b"\0" * (MOST + 1), "groot.pdf", Reason.TOO_BIG),
    (b"<!doctype html><script>alert(1)</script>", "plaatje.png", Reason.UNKNOWN),
    (b"\x89PNG\r\n\x1a\n<script>alert(1)</script>", "plaatje.png", Reason.DAMAGED),
    (b"MZ\x90\0", "verslag.pdf", Reason.UNKNOWN),
    (b"#!/bin/sh\n", "verslag", Reason.UNKNOWN),
    (b"gewone tekst", "verslag.txt", Reason.UNKNOWN),
    (files.picture("TIFF"), "scan.tiff", Reason.UNKNOWN),
    (files.picture("BMP"), "scan.bmp", Reason.UNKNOWN),
    (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "logo.svg", Reason.SVG),
    (b'<?xml version="1.0"?>\n<!-- x -->\n<svg/>', "logo.png", Reason.SVG),
    ("\ufeff<svg/>".encode("utf-16"), "logo.svg", Reason.SVG),
    (b"\0\0\0\x18ftypheic\0\0\0\0", "IMG_0012.HEIC", Reason.HEIC),
    (b"\0\0\0\x18ftypmif1\0\0\0\0", "IMG_0012.jpg", Reason.HEIC),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "oud.doc", Reason.OLD_OFFICE),
    (files.picture("PNG"), "verslag.pdf", Reason.OTHER_THAN_ITS_NAME),
    (files.picture("PNG"), "verslag.exe", Reason.OTHER_THAN_ITS_NAME),
    (files.pdf(), "plaatje.png", Reason.OTHER_THAN_ITS_NAME),
    (files.pdf(), "pagina.html", Reason.OTHER_THAN_ITS_NAME),
    (files.workbook(), "verslag.docx", Reason.OTHER_THAN_ITS_NAME),
    (files.picture("PNG")[:-40], "half.png", Reason.DAMAGED),
    (files.picture("JPEG")[:200], "half.jpg", Reason.DAMAGED),
    (files.pdf()[:150], "half.pdf", Reason.DAMAGED),
    (b"%PDF-1.7\n%%EOF", "niets.pdf", Reason.DAMAGED),
    (files.workbook()[:-100], "half.xlsx", Reason.DAMAGED),
    (b"PK\x03\x04", "half.docx", Reason.DAMAGED),
    # a PDF that does something, or carries something
    (files.pdf(files.script()), "a.pdf", Reason.ACTIONS),
    (files.hidden_script(), "a.pdf", Reason.ACTIONS),
    (files.launching(), "a.pdf", Reason.ACTIONS),
    (files.pdf(attached=True), "a.pdf", Reason.ACTIONS),
    (files.pdf(password="geheim"), "a.pdf", Reason.LOCKED),
    # two in one
    (b"GIF89a/*" + files.pdf(), "a.pdf", Reason.DAMAGED),
    (b" " + files.pdf(), "a.pdf", Reason.UNKNOWN),
    (files.pdf() + files.workbook(), "a.pdf", Reason.TWO_IN_ONE),
    (files.pdf() + files.workbook() + b"%%EOF", "a.pdf", Reason.TWO_IN_ONE),
    (files.workbook() + files.pdf(), "a.xlsx", Reason.TWO_IN_ONE),
    (files.workbook() + b"<script>", "a.xlsx", Reason.TWO_IN_ONE),
    # documents with a program in them, and zips that are none
    (files.document("docx", {"word/vbaProject.bin": b"x"}), "a.docx", Reason.MACROS),
    (files.document("docx", {"WORD/VBAPROJECT.BIN": b"x"}), "a.docx", Reason.MACROS),
    (files.document("docx", {"word/activeX/activeX1.xml": b"x"}), "a.docx", Reason.MACROS),
    (files.document("xlsx", {"xl/macrosheets/sheet1.xml": b"x"}), "a.xlsx", Reason.MACROS),
    (files.document("docx", {"word/embeddings/a.docm": b"x"}), "a.docx", Reason.MACROS),
    (files.document("docx", {"word/embeddings/a.docx": files.document("docx", {"word/vbaProject.bin": b"x"})}),
     "a.docx", Reason.MACROS),
    (files.document("docx", types="application/vnd.ms-word.document.macroEnabled.main+xml"), "a.docm", Reason.MACROS),
    (files.open_document("text", {"Basic/Standard/Module1.xml": b"x"}), "a.odt", Reason.MACROS),
    (files.open_document("text", {"Scripts/python/a.py": b"x"}), "a.odt", Reason.MACROS),
    (files.open_document("text", manifest=b"<manifest:encryption-data/>"), "a.odt", Reason.LOCKED),
    (files.open_document("graphics"), "a.odg", Reason.OTHER_OFFICE),
    (files.zipped({"verslag.txt": b"x"}), "a.zip", Reason.OTHER_OFFICE),
    (files.zipped({"a.class": b"x", "META-INF/MANIFEST.MF": b"x"}), "a.jar", Reason.OTHER_OFFICE),
    (files.document("docx", types="application/x-anders"), "a.docx", Reason.OTHER_OFFICE),
    (files.document("docx", {"../../../etc/cron.d/x": b"x"}), "a.docx", Reason.DAMAGED),
    (files.document("docx", {"/etc/passwd": b"x"}), "a.docx", Reason.DAMAGED),
    (files.document("docx", {"word\\..\\x": b"x"}), "a.docx", Reason.DAMAGED),
    (files.document("docx", {"C:/x": b"x"}), "a.docx", Reason.DAMAGED),
    # bombs
    (files.document("docx", {"word/media/a.xml": BOMB}), "a.docx", Reason.TOO_MUCH_INSIDE),
    (files.lying_about_its_size(files.document("docx", {"word/media/a.xml": BOMB}), 100), "a.docx", Reason.DAMAGED),
    (files.document("docx", {f"word/media/{number}": b"" for number in range(3001)}), "a.docx",
     Reason.TOO_MUCH_INSIDE),
    (files.packed_objects(70_000_000, 3000), "a.pdf", Reason.TOO_MUCH_INSIDE),
    (files.packed_objects(10, 100_001), "a.pdf", Reason.TOO_MUCH_INSIDE),
    (files.pdf()[:-6] + b"[" * 4_000_000 + b"%%EOF", "a.pdf", Reason.DAMAGED),
    (files.picture("PNG", (20_000, 20_000), mode="1"), "a.png", Reason.TOO_MANY_PIXELS),
    (files.picture("GIF", (10_000, 10_000), mode="L"), "a.gif", Reason.TOO_MANY_PIXELS),
], ids=lambda value: value if isinstance(value, str) else None)  # fmt: skip
def test_what_is_not_kept_is_told_why(content: bytes, name: str, reason: Reason) -> None:
    assert refused(content, name) is reason


def test_no_more_of_a_bomb_is_unpacked_than_there_is_room_for() -> None:
    parts = {f"word/media/{number}.emf": b"\0" * 4_900_000 for number in range(60)}      # small enough each
    bomb = files.document("docx", parts)
    tracemalloc.start()
    try:
        assert refused(bomb, "a.docx") is Reason.TOO_MUCH_INSIDE
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


def test_a_photo_stands_upright_and_tells_nothing_else() -> None:
    sent = files.photo_with_secrets()
    assert files.PLACE.encode() in sent
    kept = judge(sent, "IMG_0012.JPG").content
    assert files.PLACE.encode() not in kept
    assert b"Exif" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == (40, 60)
        assert not image.getexif()
        assert "comment" not in image.info
        red, _green, blue = image.getpixel((20, 5))      # its left half is on top now
        assert blue > 200 > red


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_what_stands_behind_a_picture_is_left_behind(kind: str) -> None:
    hidden = b"<script>alert(1)</script>" + files.workbook()
    kept = judge(files.picture(kind) + hidden, "a").content
    assert b"<script>" not in kept
    assert not zipfile.is_zipfile(io.BytesIO(kept))


def test_words_in_a_picture_are_left_behind() -> None:
    from PIL.PngImagePlugin import PngInfo

    said = PngInfo()
    said.add_text("Author", files.PLACE)
    said.add_itxt("XML:com.adobe.xmp", files.PLACE, zip=True)
    into = io.BytesIO()
    Image.new("RGBA", (30, 30)).save(into, "PNG", pnginfo=said, icc_profile=files.PLACE.encode())
    with Image.open(io.BytesIO(judge(into.getvalue(), "a.png").content)) as image:
        assert not image.info
        assert image.mode == "RGBA"


def test_a_big_picture_becomes_smaller() -> None:
    with Image.open(io.BytesIO(judge(files.picture("PNG", (6000, 3000)), "a.png").content)) as image:
        assert image.size == (4000, 2000)


def test_what_stands_behind_a_pdf_is_left_behind() -> None:
    kept = judge(files.pdf() + b"<script>alert(1)</script>", "a.pdf").content
    assert b"<script>" not in kept
    assert len(PdfReader(io.BytesIO(kept)).pages) == 1


@pytest.mark.parametrize(("given", "shown"), [
    ("verslag.pdf", "verslag.pdf"),
    ("VERSLAG.PDF", "VERSLAG.pdf"),
    ("../../etc/passwd", "passwd.pdf"),
    ("C:\\Users\\noor\\verslag.pdf", "verslag.pdf"),
    ("verslag\u202efdp.exe", "verslagfdp.exe.pdf"),
    ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie- x.pdf"),
    ('"; filename=x.exe', "-; filename=x.exe.pdf"),
    ("gesprek met café ☕.pdf", "gesprek met café ☕.pdf"),
    (".pdf", "bestand.pdf"),
    ("", "bestand.pdf"),
    ("...", "bestand.pdf"),
    ("\x00", "bestand.pdf"),
    ("\u200b\ufeff", "bestand.pdf"),
    ("bestand.tar.gz", "bestand.tar.gz.pdf"),
    ("é" * 400 + ".pdf", "é" * 116 + ".pdf"),
])  # fmt: skip
def test_a_name_is_only_shown(given: str, shown: str) -> None:
    assert file_name(given, ("pdf",)) == shown


@given(st.text(max_size=400))
def test_any_name_can_be_shown(name: str) -> None:
    shown = file_name(name, ("jpg", "jpeg"))
    assert 4 < len(shown) <= LONGEST
    assert shown.isprintable()
    assert not set('/\\<>:"|?*\r\n\0') & set(shown)
    assert extension_of(shown) in ("jpg", "jpeg")
    assert file_name(shown, ("jpg", "jpeg")) == shown


GOOD = [files.pdf(), files.picture("PNG"), files.picture("JPEG"), files.picture("WEBP"), files.picture("GIF"),
        files.workbook(), files.document("docx"), files.open_document("text"), files.hidden_script()]


def outcome(content: bytes) -> None:
    """A file is kept or refused, and nothing else ever happens. What is kept is kept again."""
    try:
        kept = judge(content, "bestand")
    except Refused:
        return
    assert judge(kept.content, f"x.{kept.kind.extension}").kind is kept.kind


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_became_of_a_file_is_kept_or_refused(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(GOOD)))
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(content) - 1))
        how = data.draw(st.sampled_from(["change", "cut", "put", "move"]))
        if how == "change":
            content[at] = data.draw(st.integers(0, 255))
        elif how == "cut" and len(content) > 60:
            del content[at:at + data.draw(st.integers(1, 40))]
        elif how == "put":
            content[at:at] = data.draw(st.binary(max_size=30))
        else:
            content[at:at] = content[:data.draw(st.integers(0, 200))]
    outcome(bytes(content))


@settings(max_examples=150)
@given(st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a",
                        b"RIFF\x20\0\0\0WEBP"]), st.binary(max_size=300), st.sampled_from([b"", b"\n%%EOF\n"]))
def test_any_bytes_are_kept_or_refused(beginning: bytes, middle: bytes, end: bytes) -> None:
    outcome(beginning + middle + end)
