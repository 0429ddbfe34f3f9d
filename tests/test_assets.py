"""Stylesheets and scripts: kept by browsers and caches, so nothing of whoever asked may be in them."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from app.web import assets
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


def test_what_a_script_asks_for_leaves_the_session_as_it_is(client: CheckedClient, begeleider: Persona) -> None:
    log_in(client, begeleider)
    with client.session_transaction() as cookie:
        cookie.permanent = True
        cookie.pop("csrf_token", None)
    page = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    for asked in ({"Accept": "*/*"}, {"Accept": "application/json"}):
        assert "Set-Cookie" not in client.get("/zakkaart", headers=asked).headers
    assert "Set-Cookie" in client.get("/zakkaart", headers=page).headers
    token = client.get("/zelfbeeld/formulier", headers={"Accept": "application/json"})      # stands in the session
    assert token.status_code == 200 and "Set-Cookie" in token.headers


def test_a_stylesheet_is_given_out_with_its_parts_as_they_stand_now(
    client: CheckedClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    (tmp_path / "house").mkdir()
    for name, text in (("house.css", '@layer a;\n@import "house/walls.css";\n@import "house/roof.css";\n'),
                       ("house/roof.css", "p { top: 0 }\n"), ("house/walls.css", "p { left: 0 }\n")):
        (tmp_path / name).write_text(text)
    with client.application.test_request_context():
        before = address("house.css")
        packed = client.get(before, headers={"Accept-Encoding": "gzip"})
        assert gzip.decompress(packed.data) == b"@layer a;\np { left: 0 }\np { top: 0 }\n"
        (tmp_path / "house/roof.css").write_text("p { top: 1px }\n")
        os.utime(tmp_path / "house/roof.css", ns=(1, 1))
        assert address("house.css") != before
        assert client.get(address("house.css")).text == "@layer a;\np { left: 0 }\np { top: 1px }\n"
