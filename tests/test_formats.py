"""How a long text is cut short."""

from __future__ import annotations

import pytest

from app.web.formats import shortened


@pytest.mark.parametrize(("text", "length", "left"), [
    ("Kort", 20, "Kort"),
    ("Net iets langer dan kan", 20, "Net iets langer dan kan"),
    ("Mijn vaste scholen vraag ik zelf, twee keer per jaar", 36, "Mijn vaste scholen vraag ik zelf…"),
    ("Twee keer per jaar, waar zij steun nodig hebben", 20, "Twee keer per jaar…"),
    ("Onderwijsondersteuningsarrangementsaanvraag", 20, "Onderwijsondersteuni…"),
])
def test_a_long_text_ends_after_a_word(text: str, length: int, left: str) -> None:
    assert shortened(text, length) == left
