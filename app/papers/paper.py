"""What a paper is made of. PURE."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Running:
    """What stands at the edges of every page. `leaf` and `of`: the words of 'bladzijde 3 van 9'."""

    secret: str
    whose: str
    moment: str
    leaf: str
    of: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: its title, its markup as paper.typ understands it, and what stands on every page.

    `swatches`: what the small drawings of a key are called, by the class of their mark. `place`: the id in the markup
    that stands for the address of a page, None for plain words, or "" to leave the link out.
    """

    title: str
    markup: str
    running: Running
    swatches: Mapping[str, str] = field(default_factory=dict)
    place: Callable[[str], str | None] = lambda _address: None
