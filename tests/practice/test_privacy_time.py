"""Looking for people takes time with the length of a text, whatever stands in it: also in what nobody would write."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from app.practice.privacy import findings

TODAY = dt.date(2026, 11, 22)
KNOWN = tuple(f"School {number} de Ab-{number}" for number in range(100))


def seconds(text: str) -> float:
    """Of the processor alone, and the least of three times: what else goes on does not count."""
    took = []
    for _ in range(3):
        begun = time.thread_time()
        findings(text, TODAY, KNOWN)
        took.append(time.thread_time() - begun)
    return min(took)


@pytest.mark.parametrize(("once", "often"), [
    ("a" + "\n" * 4000, "Ab,"), ("a" + " \"" * 2000, "Ab,"), ("", "Ab,"), ("", "Ab Ab, "), ("", "x Ab Ab "),
    ("", "Ab "), ("A", "b "), ("Ab", " "), ("Ab", "\n"), ("Ab", " \t"), ("Ab ", "de "), ("", "Ab de "), ("A", "a-"),
    ("", "Aa-"), ("A", "'"), ("", "A."), ("", "A. "), ("A. ", "de "), ("", "A.de "), ("", "A. de de de Ab "),
    ("Juf ", "de "), ("", "mevrouw "), ("mevrouw", " "), ("", "de heer "), ("", "Mevrouw de "), ("", "op den "),
    ("", "op "), ("x", "-"), ("x", " - "), ("", ". "), ("", "( "), ("", "geb "), ("geb", " . "),
    ("", "geb op 1-1-2010 "), ("", "1-1-2010"), ("1", " "), ("1 jan", "a"), ("", "1 jan "), ("", "1 "), ("", "1"),
    ("", "111222333 "), ("", "1112 22.333-"), ("", "School 1 de Ab, x "),
])  # fmt: skip
def test_four_times_the_text_takes_about_four_times_as_long(once: str, often: str) -> None:
    short, long = (once + (often * most)[:most] for most in (8_000, 32_000))
    assert seconds(long) < 9 * seconds(short) + 0.005       # what grows with the square takes sixteen times as long


def test_what_took_a_minute_and_a_half() -> None:
    text = "a" + "\n" * 2000 + "Ab," * 1300
    assert seconds(text) < 100 * seconds("a" * len(text))
