"""Somebody new as a page is told of her, and what is stored of people and sent to them."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.messages.models import Message
from app.people.models import Person

NEW = {"name": "  Noor   el  Amrani ", "email": "Noor@Dienst.example"}


def person_named(app: Flask, name: str) -> Person:
    with app.app_context():
        return db.session.scalars(
            select(Person).where(Person.name == name).options(joinedload(Person.account),
                                                              selectinload(Person.memberships))
        ).one()


def messages(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        return [(m.template, m.recipient) for m in db.session.scalars(select(Message).order_by(Message.id))]
