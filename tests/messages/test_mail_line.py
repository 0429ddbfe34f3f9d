"""How the line to the mail server is made: with a password or without, and over TLS."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from app.config import MailSettings
from tests.messages.outbox import outbox, people, put, run
from tests.support.mail import Post, certificate, mail_server


def with_password(settings: MailSettings, *, tls: bool = False, password: str = "geheim") -> MailSettings:
    return MailSettings(settings.host, settings.port, settings.sender, tls=tls, user="spiegel", password=password,
                        timeout=settings.timeout)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_password_is_never_said_where_others_can_read_it(app: Flask, organisation_id: int) -> None:
    put(app, organisation_id, *people(2))
    post = Post()
    with mail_server(post, authenticator=post.let_in, auth_require_tls=False) as settings:
        assert run(app, with_password(settings)) == 0
    assert not post.logged_in
    assert [message.attempts for message in outbox(app)] == [0, 0]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("trusted", [True, False])
def test_a_password_is_said_to_the_right_server_only(app: Flask, organisation_id: int, tmp_path: Path, trusted: bool,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    file, context = certificate(tmp_path)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
    put(app, organisation_id, *people(2))
    post = Post()
    with mail_server(post, authenticator=post.let_in, tls_context=context) as settings:
        assert run(app, with_password(settings)) == (2 if trusted else 0)
        assert run(app, with_password(settings, password="mis")) == 0
    assert post.logged_in[:1] == (["spiegel"] if trusted else [])
    assert post.over_tls == [True] * len(post.arrived)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_without_a_password_a_line_is_made_secret_where_it_can(app: Flask, organisation_id: int,
                                                               tmp_path: Path) -> None:
    put(app, organisation_id, *people(2))
    post = Post()
    with mail_server(post, tls_context=certificate(tmp_path)[1]) as settings:
        assert run(app, settings) == 2
    assert post.over_tls == [True, True]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_tls_from_the_first_byte(app: Flask, organisation_id: int, tmp_path: Path,
                                 monkeypatch: pytest.MonkeyPatch) -> None:
    file, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    put(app, organisation_id, *people(2))
    post = Post()
    with mail_server(post, authenticator=post.let_in, ssl_context=context, auth_require_tls=False) as settings:
        assert run(app, with_password(settings, tls=True)) == 2
    assert post.logged_in == ["spiegel"]
