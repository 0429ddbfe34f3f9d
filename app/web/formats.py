"""How numbers, dates and moments are written on the screen: 3,4 · 12 maart 2026 · 14.02."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import format_date, format_decimal

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


_moment: ContextVar[dt.datetime | None] = ContextVar("moment", default=None)


def now() -> dt.datetime:
    """This moment, in UTC."""
    return _moment.get() or dt.datetime.now(dt.UTC)


@contextmanager
def as_if(moment: dt.datetime) -> Iterator[None]:
    """While this lasts, `now()` is that moment: so the demo organisation gets a past."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


def today() -> dt.date:
    """Today in the Netherlands."""
    return now().astimezone(AMSTERDAM).date()


def day_of(moment: dt.datetime) -> dt.date:
    """The day it is in the Netherlands at a moment."""
    return moment.astimezone(AMSTERDAM).date()


def score(value: float | None) -> str:
    """A score with one decimal, never two; an en dash where there is none."""
    return "–" if value is None else format_decimal(value, "0.0")


def number(value: float) -> str:
    """A plain number, with a decimal only when it has one: 3 · 2,5."""
    return format_decimal(value, "0.##")


def euros(value: int) -> str:
    """Whole euros: € 1.200."""
    return f"€\u00a0{format_decimal(value, '#,##0')}"


def date(value: dt.date | dt.datetime, pattern: str = "d MMMM y") -> str:
    """A day in the Netherlands: 12 maart 2026."""
    if isinstance(value, dt.datetime):
        value = value.astimezone(AMSTERDAM).date()
    return format_date(value, pattern)


def weekday(value: dt.date) -> str:
    """Donderdag 12 maart 2026."""
    text = format_date(value, "EEEE d MMMM y")
    return text[:1].upper() + text[1:]


def clock(value: dt.datetime) -> str:
    """A time of day in the Netherlands: 14.02."""
    return value.astimezone(AMSTERDAM).strftime("%H.%M")


def sentence(text: str) -> str:
    """The text with a capital, also where a name was put in front."""
    return text[:1].upper() + text[1:]


def shortened(text: str, length: int) -> str:
    """At most about so many characters: cut after a whole word, with an ellipsis where something is left out."""
    if len(text) <= length + 5:
        return text
    words = text[:length].rpartition(" ")[0] or text[:length]
    return words.rstrip(" ,.;:") + "…"


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(score=score, number=number, euros=euros, date=date, weekday=weekday,
                             clock=clock, sentence=sentence, truncate=shortened)
    app.jinja_env.globals["today"] = today
