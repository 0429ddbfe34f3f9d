"""Sealing what was sent, and opening it: scores and words apart, each bound to its row, round, part, group and set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app

from app.rating.packing import COMMENTS_LENGTH, SCORES_LENGTH, pack_texts, unpack_texts
from app.rating.sealing import open_box, seal


@dataclass(frozen=True, slots=True)
class Place:
    """Where an envelope belongs: `key` is its row's own. What is moved or laid in twice does not open there."""

    round_id: int
    part_id: int
    group: str
    key: bytes


class Sealer:
    """Holds the key of one round, derived from the secret; the database does not hold it."""

    def __init__(self, round_id: int) -> None:
        self.key: bytes = current_app.config["SETTINGS"].key(f"envelope {round_id}")

    def seal_scores(self, place: Place, question_set: str, packed: bytes) -> bytes:
        return seal(self.key, packed, _scores(place, question_set), SCORES_LENGTH)

    def open_scores(self, place: Place, question_set: str, box: bytes) -> bytes:
        """Raises Tampered."""
        return open_box(self.key, box, _scores(place, question_set))

    def seal_texts(self, place: Place, texts: Sequence[str]) -> bytes:
        return seal(self.key, pack_texts(texts), _texts(place), COMMENTS_LENGTH)

    def open_texts(self, place: Place, box: bytes) -> tuple[str, ...]:
        """Raises Tampered."""
        return unpack_texts(open_box(self.key, box, _texts(place)))


def _scores(place: Place, question_set: str) -> str:
    return f"scores/{place.round_id}/{place.part_id}/{place.group}/{question_set}/{place.key.hex()}"


def _texts(place: Place) -> str:
    return f"texts/{place.round_id}/{place.part_id}/{place.group}/{place.key.hex()}"
