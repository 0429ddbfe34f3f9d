from __future__ import annotations

import stat
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from app.config import Config, ConfigError

SECRET = "ab" * 32


def from_env(folder: Path, **settings: str) -> Config:
    return Config.from_env({"INSTANCE_DIR": str(folder), **settings})


def test_what_it_is_when_nothing_is_said(tmp_path: Path) -> None:
    config = from_env(tmp_path / "new" / "folder")
    assert config.database_url == f"sqlite:///{tmp_path / 'new/folder/groeispiegel.db'}"
    assert config.base_url == "http://127.0.0.1:8000"
    assert not config.secure
    assert config.trusted_proxies == 0


def test_the_secret_is_made_once_and_is_for_its_owner_only(tmp_path: Path) -> None:
    first = from_env(tmp_path).secret
    assert len(first) == 32
    assert from_env(tmp_path).secret == first
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"], "nothing is left lying about"


def secret_in(folder: str) -> bytes:
    return from_env(Path(folder)).secret


def test_many_starting_at_once_agree_on_the_secret(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4, get_context("spawn")) as processes:
        assert len(set(processes.map(secret_in, [str(tmp_path)] * 12))) == 1


def test_a_secret_from_the_environment_leaves_no_file(tmp_path: Path) -> None:
    assert from_env(tmp_path, SECRET=SECRET).secret == bytes.fromhex(SECRET)
    assert not (tmp_path / "secret").exists()


def test_keys_differ_by_purpose_and_by_secret(tmp_path: Path) -> None:
    one, other = from_env(tmp_path, SECRET=SECRET), from_env(tmp_path, SECRET="cd" * 32)
    assert len({one.key("session"), one.key("link"), other.key("session"), one.secret}) == 4
    assert one.key("session") == from_env(tmp_path, SECRET=SECRET).key("session")


@pytest.mark.parametrize(("settings", "told"), [
    ({"SECRET": "kort"}, "SECRET moet minstens 64"),
    ({"SECRET": "ab" * 31}, "SECRET moet minstens 64"),
    ({"TRUSTED_PROXIES": "een"}, "TRUSTED_PROXIES moet een getal"),
    ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES moet een getal"),
    ({"DATABASE_URL": "flop"}, "DATABASE_URL is geen adres"),
    ({"DATABASE_URL": "mysql://localhost/x"}, "alleen SQLite en PostgreSQL"),
    ({"DATABASE_URL": "nergens://localhost/x"}, "DATABASE_URL is geen adres"),
    ({"DATABASE_URL": "postgresql://server:poort/x"}, "DATABASE_URL is geen adres"),
    ({"SMTP_URL": "mail.dienst.example"}, "SMTP_URL is geen adres"),
    ({"SMTP_URL": "http://mail.dienst.example"}, "SMTP_URL is geen adres"),
    ({"SMTP_URL": "smtp://mail.dienst.example:poort"}, "SMTP_URL is geen adres"),
    ({"SMTP_URL": "smtp://mail.dienst.example:0"}, "SMTP_URL is geen adres"),
    ({"SMTP_URL": "smtp://mail.dienst.example/pad"}, "SMTP_URL is geen adres"),
    ({"SMTP_URL": "smtp://:geheim@mail.dienst.example"}, "maar niet allebei"),
    ({"SMTP_URL": "smtp://jet@mail.dienst.example"}, "maar niet allebei"),
    ({"SMTP_URL": "smtp://mail.dienst.example"}, "MAIL_FROM moet het adres zijn"),
    ({"SMTP_URL": "smtp://mail.dienst.example", "MAIL_FROM": "Dienst Noord"}, "MAIL_FROM moet het adres zijn"),
    ({"SMTP_URL": "smtp://mail.dienst.example", "MAIL_FROM": "a@x.nl\nBcc: b@x.nl"}, "MAIL_FROM moet het adres zijn"),
])
def test_what_cannot_work_is_told_in_one_line(tmp_path: Path, settings: dict[str, str], told: str) -> None:
    with pytest.raises(ConfigError, match=told) as error:
        from_env(tmp_path, **settings)
    assert "\n" not in str(error.value)
    assert "geheim" not in str(error.value)


@pytest.mark.parametrize(("url", "port", "tls"), [
    ("smtp://mail.dienst.example", 587, False),
    ("smtps://mail.dienst.example", 465, True),
    ("smtp://mail.dienst.example:25/", 25, False),
])
def test_which_mail_server(tmp_path: Path, url: str, port: int, tls: bool) -> None:
    mail = from_env(tmp_path, SMTP_URL=url, MAIL_FROM="feedback@dienst.example").mail
    assert mail is not None
    assert (mail.host, mail.port, mail.tls, mail.user, mail.password) == ("mail.dienst.example", port, tls, None, None)
    assert str(mail.sender) == "feedback@dienst.example"


def test_with_a_name_and_a_password_for_the_mail_server(tmp_path: Path) -> None:
    mail = from_env(tmp_path, SMTP_URL="smtp://spiegel%40dienst:een%2Fgeheim%3A@[::1]:2525",
                    MAIL_FROM="Dienst “Noord” <Feedback@dienst.example>").mail
    assert mail is not None
    assert (mail.host, mail.port, mail.user, mail.password) == ("::1", 2525, "spiegel@dienst", "een/geheim:")
    assert mail.sender.display_name == "Dienst “Noord”"
    assert from_env(tmp_path).mail is None


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="niet beschrijfbaar"):
        from_env(tmp_path / "file" / "instance")


@pytest.mark.parametrize("kept", ["", "geen geheim", "abcd"])
def test_a_damaged_secret_is_never_replaced(tmp_path: Path, kept: str) -> None:
    (tmp_path / "secret").write_text(kept)
    with pytest.raises(ConfigError, match="secret is beschadigd"):
        from_env(tmp_path)
    assert (tmp_path / "secret").read_text() == kept


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_is_reached_with_our_driver(tmp_path: Path, scheme: str) -> None:
    config = from_env(tmp_path, DATABASE_URL=f"{scheme}://jet:geheim@db.example:5433/spiegel")
    assert config.database_url == "postgresql+psycopg://jet:geheim@db.example:5433/spiegel"


def test_tls_is_told_by_the_base_url(tmp_path: Path) -> None:
    config = from_env(tmp_path, BASE_URL="https://spiegel.dienst.example/")
    assert config.secure
    assert config.base_url == "https://spiegel.dienst.example"
