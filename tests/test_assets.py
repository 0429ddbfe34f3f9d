"""Stylesheets and scripts: kept by browsers and caches, so nothing of whoever asked may be in them."""

from __future__ import annotations

from app.web.assets import address
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient


def test_an_asset_carries_no_cookie(client: CheckedClient, begeleider: Persona) -> None:
    log_in(client, begeleider)
    with client.session_transaction() as cookie:
        cookie.permanent = True
    with client.application.test_request_context():
        found = address("css/groeispiegel.css")
    response = client.get(found)
    assert response.status_code == 200 and "public" in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers and "Cookie" not in response.headers.get("Vary", "")
    assert "Set-Cookie" in client.get("/start").headers
