"""Signing in and passwords."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
