"""How a dienst holds its rounds, and its school holidays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.db import db
from app.rounds.calendar import Holiday
from app.rounds.models import RoundSettings, SchoolHoliday


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for all rounds of an organisation; these are the defaults."""

    contact: str = ""
    begeleiders_start: bool = False
    keep_answers_days: int = 30
    lead_reads_after_days: int = 0


def settings_of(organisation_id: int) -> Settings:
    row = db.session.execute(
        select(RoundSettings.contact, RoundSettings.begeleiders_start, RoundSettings.keep_answers_days,
               RoundSettings.lead_reads_after_days)
        .where(RoundSettings.organisation_id == organisation_id)
    ).first()
    return Settings(*row) if row else Settings()


def change_settings(organisation_id: int, settings: Settings) -> None:
    row = db.session.scalar(
        select(RoundSettings).where(RoundSettings.organisation_id == organisation_id).with_for_update()
    )
    if row is None:
        row = RoundSettings(organisation_id=organisation_id)
        db.session.add(row)
    row.contact, row.begeleiders_start = settings.contact, settings.begeleiders_start
    row.keep_answers_days = settings.keep_answers_days
    row.lead_reads_after_days = settings.lead_reads_after_days
    db.session.flush()


def add_holidays(organisation_id: int, holidays: Iterable[Holiday]) -> int:
    """Says how many were new: a holiday with the same days is there already."""
    present = {
        (first, last) for first, last in db.session.execute(
            select(SchoolHoliday.first_day, SchoolHoliday.last_day)
            .where(SchoolHoliday.organisation_id == organisation_id)
        )
    }
    new = {(holiday.first_day, holiday.last_day): holiday for holiday in holidays}
    added = [holiday for days, holiday in new.items() if days not in present]
    for holiday in added:
        db.session.add(SchoolHoliday(organisation_id=organisation_id, name=holiday.name,
                                     first_day=holiday.first_day, last_day=holiday.last_day))
    db.session.flush()
    return len(added)


def holiday_rows(organisation_id: int) -> list[SchoolHoliday]:
    """The holidays to show, the first one first."""
    return list(
        db.session.scalars(
            select(SchoolHoliday).where(SchoolHoliday.organisation_id == organisation_id)
            .order_by(SchoolHoliday.first_day, SchoolHoliday.id)
        )
    )


def holiday(organisation_id: int, holiday_id: int) -> SchoolHoliday | None:
    return db.session.scalar(
        select(SchoolHoliday)
        .where(SchoolHoliday.organisation_id == organisation_id, SchoolHoliday.id == holiday_id)
    )


def remove_holiday(found: SchoolHoliday) -> None:
    db.session.delete(found)
    db.session.flush()
