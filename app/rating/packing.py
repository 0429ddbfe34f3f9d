"""What a rater answers, as bytes: a byte per statement, and her own words apart. PURE."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from app.assessments.questionnaire import NO_REASON
from app.competencies.catalog import Catalog
from app.measurement.scale import rule_of

Value: TypeAlias = int | str        # a score, a reason why it cannot be said, or what somebody wrote

OPEN_QUESTIONS = ("open-1", "open-2")

MOST_CHARACTERS, MOST_BYTES = 1000, 2000        # of one text; bytes in UTF-8

STATEMENT_LENGTH = 6            # so long is every draft of a statement, whatever it says,
TEXT_LENGTH = 2048              # of a text,
SCORES_LENGTH = 254             # every envelope, whatever the question set (the longest of ours asks 84),
COMMENTS_LENGTH = 4094          # and every envelope with comments, also an empty one

NOT_ANSWERED = 0
_REASONS = {NO_REASON: 100, "niet-gezien": 101, "nvt": 102}     # above every scale; stored: never renumber
_BY_BYTE = {number: reason for reason, number in _REASONS.items()}
_SIZE = struct.Struct(">H")


def codes(catalog: Catalog, group: str, question_set: str) -> tuple[str, ...]:
    """The statements that a rater of this group is asked, in the order of her pages and of `pack`.

    Empty when the set is not for this group. Raises KeyError for a set that the catalogue does not have.
    """
    return tuple(i.code for page in catalog.asked(question_set, group) for i in page.indicators)


def allows(asked: Sequence[str], group: str, item: str, value: object) -> bool:
    """Whether this can be an answer of this group to this item: in the set, on the scale, not too long."""
    if item in OPEN_QUESTIONS:
        return isinstance(value, str) and len(value) <= MOST_CHARACTERS and _fits(value)
    if item not in asked:
        return False
    if isinstance(value, str):
        return value in _REASONS
    return type(value) is int and 1 <= value <= rule_of(group).scale.top


def pack(asked: Sequence[str], answers: Mapping[str, Value]) -> bytes:
    """A byte per statement in the order asked: a score, NOT_ANSWERED, or above every scale why it cannot be said."""
    return bytes(_byte(answers.get(code, NOT_ANSWERED)) for code in asked)


def pack_item(item: str, value: Value | None) -> bytes:
    """One answer; None is one that was taken back."""
    if value is None:
        return b""
    return str(value).encode() if item in OPEN_QUESTIONS else bytes([_byte(value)])


def unpack_item(item: str, packed: bytes) -> Value | None:
    if not packed:
        return None
    return packed.decode() if item in OPEN_QUESTIONS else _BY_BYTE.get(packed[0], packed[0])


def length_of(item: str) -> int:
    """How many bytes the box of this answer holds, whatever it says."""
    return TEXT_LENGTH if item in OPEN_QUESTIONS else STATEMENT_LENGTH


def pack_texts(texts: Sequence[str]) -> bytes:
    """What somebody wrote to each open question in turn, '' where nothing."""
    return b"".join(_SIZE.pack(len(text)) + text for text in (words.encode() for words in texts))


def unpack_texts(packed: bytes) -> tuple[str, ...]:
    """Raises ValueError for bytes that pack_texts did not make."""
    texts, at = [], 0
    while at < len(packed):
        (size,) = _SIZE.unpack_from(packed, at)
        at += _SIZE.size + size
        if at > len(packed):
            raise ValueError("cut off")
        texts.append(packed[at - size : at].decode())
    return tuple(texts)


def _byte(value: Value) -> int:
    return _REASONS[value] if isinstance(value, str) else value


def _fits(text: str) -> bool:
    try:
        return len(text.encode()) <= MOST_BYTES
    except UnicodeEncodeError:          # half of a pair: no text
        return False
