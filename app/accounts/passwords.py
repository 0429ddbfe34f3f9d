"""Hashing passwords with argon2id, in the same time whether or not there is something to compare with."""

from __future__ import annotations

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from app.accounts.strength import MOST_TYPED, normal


def hash_of(password: str) -> str:
    return _hasher(_cheap()).hash(normal(password))


def matches(password: str, stored: str | None) -> bool:
    """True when this is the password. Without a stored hash one is computed all the same: time tells nothing."""
    if len(password) > MOST_TYPED:
        password, stored = "", None
    try:
        _hasher(_cheap()).verify(stored or _of_nobody(_cheap()), normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """True when a hash was made with other parameters than those of today."""
    return _hasher(_cheap()).check_needs_rehash(stored)


def prepare() -> None:
    """Makes at start what the first unknown address would otherwise wait for."""
    _of_nobody(_cheap())


def _cheap() -> bool:
    cheap: bool = current_app.config["SETTINGS"].testing
    return cheap


@lru_cache(maxsize=2)
def _hasher(cheap: bool) -> PasswordHasher:
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1) if cheap else PasswordHasher()


@lru_cache(maxsize=2)
def _of_nobody(cheap: bool) -> str:
    return _hasher(cheap).hash("nobody has this password")
