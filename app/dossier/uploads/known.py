"""The kinds of files that may be kept, and why one may not."""

from __future__ import annotations

import enum
from dataclasses import dataclass

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."


class Kind(enum.Enum):
    """What a file is: its media type, and the ends of names that mean it, the usual one first."""

    PDF = ("application/pdf", ("pdf",))
    PNG = ("image/png", ("png",))
    JPEG = ("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"))
    WEBP = ("image/webp", ("webp",))
    GIF = ("image/gif", ("gif",))
    DOCX = (f"{_OOXML}wordprocessingml.document", ("docx",))
    XLSX = (f"{_OOXML}spreadsheetml.sheet", ("xlsx",))
    PPTX = (f"{_OOXML}presentationml.presentation", ("pptx",))
    ODT = (f"{_ODF}text", ("odt",))
    ODS = (f"{_ODF}spreadsheet", ("ods",))

    def __init__(self, media_type: str, extensions: tuple[str, ...]) -> None:
        self.media_type, self.extensions = media_type, extensions

    @property
    def extension(self) -> str:
        return self.extensions[0]

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


class Reason(enum.Enum):
    """Why a file is not kept."""

    EMPTY = enum.auto()
    TOO_BIG = enum.auto()
    UNKNOWN = enum.auto()                   # no kind of file that we know
    OTHER_THAN_ITS_NAME = enum.auto()
    SVG = enum.auto()
    HEIC = enum.auto()
    OLD_OFFICE = enum.auto()                # of before 2007, or with a password
    OTHER_OFFICE = enum.auto()              # a template, a drawing, another zip
    DAMAGED = enum.auto()
    LOCKED = enum.auto()                    # with a password
    MACROS = enum.auto()
    OUTSIDE = enum.auto()                   # an office document that gets something from elsewhere when it is opened
    PARTS = enum.auto()                     # one with another file in it, or what is no part of a document
    ACTIONS = enum.auto()                   # a PDF that does something by itself, or carries files
    TWO_IN_ONE = enum.auto()                # also another kind of file
    TOO_MUCH_INSIDE = enum.auto()           # a bomb, or far more than a document needs
    TOO_MANY_PIXELS = enum.auto()


class Refused(Exception):
    """This file is not kept. `named`: what its name says it is, and `kind` what it is."""

    def __init__(self, reason: Reason, *, named: str = "", kind: Kind | None = None) -> None:
        super().__init__(reason.name)
        self.reason, self.named, self.kind = reason, named, kind


@dataclass(frozen=True, slots=True)
class Upload:
    """What is kept: `content` is what was sent, or what was made of it."""

    kind: Kind
    content: bytes
