"""The start page: what to do next, for each role."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
