"""Links that are derived: of one rater, and of the device that a class passes on."""

from __future__ import annotations

from flask import Flask

from app.rounds import links


def test_a_class_token_gives_back_the_part_it_was_made_for(app: Flask) -> None:
    with app.app_context():
        assert links.read_class(links.class_token(7)) == 7


def test_a_class_token_changed_anywhere_is_nothing(app: Flask) -> None:
    with app.app_context():
        token = links.class_token(7)
        number, _, proof = token.partition(".")
        assert all(links.read_class(wrong) is None for wrong in (
            "", "7", f"8.{proof}", f"{number}.{proof[:-1]}", f"07.{proof}", f"{number}.{'A' * 43}", token + "x",
            f"{number}.{proof.swapcase()}", "9" * 400 + "." + proof,
        ))


def test_a_class_token_is_no_rater_link(app: Flask) -> None:
    """The two have keys of their own: an invitation whose id looks like a part opens no class."""
    with app.app_context():
        public_id = "7" * 22
        assert links.read(links.class_token(7)) is None
        assert links.read_class(links.token(public_id, 0)) is None
        assert links.read_class(f"7.{links.token('7', 0).partition('.')[2]}") is None
