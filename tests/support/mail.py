"""A real mail server, in a thread of its own, that does to letters what a test asks for."""

from __future__ import annotations

import asyncio
import datetime as dt
import email
import email.policy
import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask

from app.config import MailSettings
from tests.server.conftest import free_port

SENDER = Address("Dienst Noord", "feedback", "dienst.example")
NOWHERE = MailSettings("127.0.0.1", 9, SENDER, timeout=1)       # nobody listens there


@dataclass
class Post:
    """What arrived, and how the server behaves. Numbers count the letters that were offered, from one."""

    arrived: list[EmailMessage] = field(default_factory=list)
    at_recipient: dict[str, str] = field(default_factory=dict)      # what is answered to an address
    at_sender: str | None = None
    at_letter: dict[int, str] = field(default_factory=dict)         # what is answered to a letter
    dies_before_250: set[int] = field(default_factory=set)          # takes the letter, and never says so
    dies_after_250: set[int] = field(default_factory=set)
    stalls: set[int] = field(default_factory=set)
    pause: float = 0
    offered: int = 0
    logged_in: list[str] = field(default_factory=list)
    over_tls: list[bool] = field(default_factory=list)

    @property
    def recipients(self) -> list[str]:
        return [str(letter["To"]) for letter in self.arrived]

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str,
                          options: list[str]) -> str:
        if self.at_sender:
            return self.at_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str,
                          options: list[str]) -> str:
        if answer := self.at_recipient.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.offered += 1
        number = self.offered
        if self.pause:
            await asyncio.sleep(self.pause)
        if number in self.stalls:
            await asyncio.sleep(3600)
        if answer := self.at_letter.get(number):
            return answer
        content = cast(bytes, envelope.content)
        self.arrived.append(cast(EmailMessage, email.message_from_bytes(content, policy=email.policy.default)))
        self.over_tls.append(session.ssl is not None)
        if number in self.dies_before_250:
            self._die(server)
        if number in self.dies_after_250:
            asyncio.get_running_loop().call_later(0.02, self._die, server)
        return "250 OK"

    @staticmethod
    def _die(server: SMTP) -> None:
        cast(asyncio.Transport, server.transport).abort()

    def let_in(self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
        right = isinstance(given, LoginPassword) and given.password == b"geheim"
        self.logged_in.append(given.login.decode())
        return AuthResult(success=right)


@contextmanager
def mail_server(post: Post, port: int | None = None, **settings: Any) -> Iterator[MailSettings]:
    """While this lasts, `post` answers at the address that is yielded."""
    port = port or free_port()
    controller = Controller(post, hostname="127.0.0.1", port=port, ready_timeout=60, **settings)
    controller.start()
    try:
        yield MailSettings("127.0.0.1", port, SENDER, timeout=30)
    finally:
        controller.stop()


@contextmanager
def mailing(app: Flask, settings: MailSettings | None) -> Iterator[None]:
    """While this lasts, the application knows this mail server."""
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, mail=settings)
    try:
        yield
    finally:
        app.config["SETTINGS"] = before


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Of 127.0.0.1, signed by itself: the file to trust, and what the server needs."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    start = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file, secret = folder / "mail.pem", folder / "mail.key"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                         serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, secret)
    return file, context
