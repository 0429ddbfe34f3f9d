"""Whole addresses of our pages, for a mail or a sheet of paper; also where no request is going on."""

from __future__ import annotations

from flask import current_app


def absolute(endpoint: str, **arguments: int | str) -> str:
    """How people reach a page from anywhere."""
    base_url: str = current_app.config["SETTINGS"].base_url
    return base_url + current_app.url_map.bind("").build(endpoint, arguments)
