"""What each kind of figure looks like, the same in every picture: shape and dash first, colour second."""

from __future__ import annotations

from typing import Literal

Key = Literal["self", "others", "previous", "teamleider", "target"]
KeySwatch = Literal["self", "others", "previous", "teamleider", "target", "band", "uncertain"]


def key(entries: tuple[tuple[KeySwatch, str], ...]) -> str:
    """The key above the pictures: a list with a small drawing and its name for each entry, as markup."""
    raise NotImplementedError
