"""Tables of the people of a dienst."""

from __future__ import annotations

from collections.abc import Iterable

from flask_login import UserMixin
from sqlalchemy import JSON, CheckConstraint, ColumnElement, Dialect, ForeignKey, String, TypeDecorator, cast
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access import Actor, Role
from app.accounts.models import Account
from app.db import Base, OfOrganisation
from app.organisations.models import Team


class WordSet(TypeDecorator[frozenset[str]]):
    """A small set of keys, kept as a sorted JSON list."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, _dialect: Dialect) -> list[str]:
        return sorted(str(word) for word in value or ())

    def process_result_value(self, value: list[str] | None, _dialect: Dialect) -> frozenset[str]:
        return frozenset(value or ())


class Membership(OfOrganisation, Base):
    """A person's place in a team: works in it, or leads it."""

    __tablename__ = "membership"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True, index=True)
    leads: Mapped[bool] = mapped_column(default=False)
    team: Mapped[Team] = relationship(lazy="raise_on_sql")


class Person(OfOrganisation, UserMixin, Base):
    """Somebody who works at the dienst. Clusters and sectors are keys of the framework's context."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="named"),
        CheckConstraint("discussion_partner_id <> id", name="partner_is_other"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), unique=True)
    name: Mapped[str]
    roles: Mapped[frozenset[str]] = mapped_column(WordSet)
    clusters: Mapped[frozenset[str]] = mapped_column(WordSet, default=frozenset)
    sectors: Mapped[frozenset[str]] = mapped_column(WordSet, default=frozenset)
    discussion_partner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))      # gesprekspartner
    active: Mapped[bool] = mapped_column(default=True)

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
    memberships: Mapped[list[Membership]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    discussion_partner: Mapped[Person | None] = relationship(lazy="raise_on_sql", remote_side=[id])

    @classmethod
    def plays(cls, role: Role) -> ColumnElement[bool]:
        """For a where: who has this role, among others or alone."""
        return cast(cls.roles, String).contains(f'"{role}"')

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    @property
    def team_ids(self) -> frozenset[int]:
        """Teams she works in; the teams she leads are in her Actor."""
        return frozenset(m.team_id for m in self.memberships if not m.leads)

    @property
    def actor(self) -> Actor:
        return Actor(
            person_id=self.id,
            organisation_id=self.organisation_id,
            roles=frozenset(Role(role) for role in self.roles),
            leads=frozenset(m.team_id for m in self.memberships if m.leads),
        )

    def get_id(self) -> str:
        return self.account.get_id()
