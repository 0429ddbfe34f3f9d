"""Figures as the tests understand them: rounding and capping, by another road than the code's."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from app.measurement.scale import caps_of


def half_up(value: Fraction) -> float:
    """Rounding as the tests understand it, by another road than the code's."""
    quotient = Decimal(value.numerator) / Decimal(value.denominator)
    return float(quotient.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def tenths(figure: float) -> Fraction:
    return Fraction(Decimal(str(figure)))


def capped(mean: Fraction, group: str, smallest: int) -> float:
    """A mean as it is published, over so many people."""
    caps = caps_of(group, smallest)
    shown = half_up(mean)
    return shown if caps is None else min(max(shown, caps.low), caps.high)
