"""One frozen configuration, read from the environment, failing loudly."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from email_validator import EmailNotValidError, validate_email
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

ROOT = Path(__file__).parent.parent
VERSION = "0.1.0"


REASONS = {         # of what the operating system refuses, in the words of whoever starts us
    errno.EEXIST: "er staat een bestand met die naam",
    errno.ENOTDIR: "een deel van dat pad is een bestand en geen map",
    errno.EACCES: "je hebt daar geen schrijfrechten",
    errno.EPERM: "dat is niet toegestaan",
    errno.EROFS: "de schijf is alleen te lezen",
    errno.ENOSPC: "de schijf is vol",
}


class ConfigError(Exception):
    """A setting that cannot work; the message is for the person who set it."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The server that takes our mail. `tls`: from the first byte on; otherwise by STARTTLS.

    `timeout`: so many seconds it may keep us waiting for a step.
    """

    host: str
    port: int
    sender: Address
    tls: bool = False
    user: str | None = None
    password: str | None = None
    timeout: float = 60


@dataclass(frozen=True, slots=True)
class Config:
    """What the surroundings decide. `base_url` is how people reach the application, without a slash at the end."""

    instance_dir: Path
    database_url: str
    secret: bytes
    base_url: str = "http://127.0.0.1:8000"
    trusted_proxies: int = 0
    mail: MailSettings | None = None
    testing: bool = False

    @property
    def secure(self) -> bool:
        """True when people reach the application over TLS."""
        return self.base_url.startswith("https://")

    @property
    def uploads_dir(self) -> Path:
        """Where uploaded files are kept, outside the database and out of reach of the web."""
        return self.instance_dir / "uploads"

    def key(self, label: str) -> bytes:
        """A 32-byte key of its own for each purpose, derived with HKDF-SHA256 (RFC 5869) from the one secret."""
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"groeispiegel:{label}".encode()).derive(self.secret)

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Config:
        """The configuration that the environment describes. Raises ConfigError with one line that says what to mend."""
        env = os.environ if env is None else env
        instance = Path(env.get("INSTANCE_DIR") or ROOT / "instance").resolve()
        _must_be_writable(instance)
        host, port = env.get("HOST") or "127.0.0.1", env.get("PORT") or "8000"
        return cls(
            instance_dir=instance,
            database_url=_database_url(env.get("DATABASE_URL") or f"sqlite:///{instance / 'groeispiegel.db'}"),
            secret=_given_secret(env["SECRET"]) if env.get("SECRET") else _kept_secret(instance),
            base_url=(env.get("BASE_URL") or f"http://{host}:{port}").rstrip("/"),
            trusted_proxies=_count("TRUSTED_PROXIES", env.get("TRUSTED_PROXIES") or "0"),
            mail=_mail(env["SMTP_URL"], env.get("MAIL_FROM") or "") if env.get("SMTP_URL") else None,
        )


def _must_be_writable(instance: Path) -> None:
    try:
        instance.mkdir(parents=True, exist_ok=True)
        probe = instance / f".write-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        reason = REASONS.get(error.errno or 0, error.strerror)
        raise ConfigError(f"De map {instance} is niet beschrijfbaar: {reason}. Kies een andere met "
                          "INSTANCE_DIR=…") from None


def _database_url(url: str) -> str:
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    try:
        parsed = make_url(url)
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise ConfigError("DATABASE_URL is geen adres van een database. Voorbeelden: sqlite:////pad/groeispiegel.db of "
                          "postgresql://naam:wachtwoord@server/groeispiegel") from None
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise ConfigError(f"DATABASE_URL noemt {parsed.get_backend_name()}; alleen SQLite en PostgreSQL kunnen.")
    return url


def _secret(text: str) -> bytes | None:
    """The secret that this text spells; None when it spells none, or one that is too short."""
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        return None
    return secret if len(secret) >= 32 else None


def _given_secret(text: str) -> bytes:
    secret = _secret(text)
    if secret is None:
        raise ConfigError("SECRET moet minstens 64 hexadecimale tekens zijn, bijvoorbeeld uit: openssl rand -hex 32")
    return secret


def _kept_secret(instance: Path) -> bytes:
    """Made at first start and kept outside the database. Back it up apart from the database."""
    path = instance / "secret"
    fresh = instance / f".secret-{os.getpid()}"
    if not path.exists():
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(fresh, path)            # appears whole or not at all, whoever else is starting
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    secret = _secret(path.read_text().strip())
    if secret is None:
        raise ConfigError(f"Het bestand {path} is beschadigd. Zet de reservekopie terug; zonder dit geheim werken "
                          "links niet.")
    return secret


def _count(name: str, value: str) -> int:
    if not value.isdecimal():
        raise ConfigError(f"{name} moet een getal zijn, nu staat er: {value}")
    return int(value)


def _mail(url: str, sender: str) -> MailSettings:
    """What SMTP_URL and MAIL_FROM say; what is told of a wrong one never shows the password."""
    example = "Voorbeeld: smtp://naam:wachtwoord@mail.dienst.example:587, of smtps:// voor TLS vanaf het begin"
    try:
        parsed = urlsplit(url)
        host, port = parsed.hostname, parsed.port
    except ValueError:
        raise ConfigError(f"SMTP_URL is geen adres van een mailserver. {example}") from None
    if parsed.scheme not in ("smtp", "smtps") or not host or port == 0 or parsed.path.strip("/") or parsed.query:
        raise ConfigError(f"SMTP_URL is geen adres van een mailserver. {example}")
    if bool(parsed.username) != bool(parsed.password):
        raise ConfigError(f"SMTP_URL noemt een naam of een wachtwoord, maar niet allebei. {example}")
    return MailSettings(
        host=host,
        port=port or (465 if parsed.scheme == "smtps" else 587),
        sender=_sender(sender),
        tls=parsed.scheme == "smtps",
        user=unquote(parsed.username) if parsed.username else None,
        password=unquote(parsed.password) if parsed.password else None,
    )


def _sender(text: str) -> Address:
    name, address = parseaddr(text) if text.isprintable() else ("", "")
    try:
        checked = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise ConfigError("MAIL_FROM moet het adres zijn waarvan de mail komt, als SMTP_URL er staat. Voorbeeld: "
                          "Dienst Noord <feedback@dienst.example>") from None
    return Address(name, addr_spec=checked.ascii_email or address)
