"""Handing one letter to the mail server, and what it says to it."""

from __future__ import annotations

import re
import smtplib
import ssl
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from flask_babel import gettext as _

from app.config import MailSettings

AFTER_DATA = 3      # a server may look at a letter so many times longer than at a command before it says 250
OURS = frozenset({503, 530, 534, 535, 538})     # refusals of us, whoever the letter is for


class NoServer(Exception):
    """The server cannot be reached, or takes nothing from us: nothing was handed over."""


class Lost(Exception):
    """The line went dead or the server fell silent: it is not known whether it took the letter."""


class NotNow(Exception):
    """The server would not take this letter now."""


class Never(Exception):
    """The server will never take this letter; the message says why, for who asked to send it."""


class MailServer:
    """A conversation with the mail server; letters are handed over one after the other."""

    def __init__(self, settings: MailSettings) -> None:
        self.settings = settings
        self._line: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None,
                 _trace: TracebackType | None) -> None:
        if self._line is not None:
            try:
                self._line.quit()
            except (smtplib.SMTPException, OSError):
                self.hang_up()
            self._line = None

    def hang_up(self) -> None:
        """Leaves without a word."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def open(self) -> None:
        """Gets the server on the line, safely where it can be, unless it is. Raises NoServer."""
        if self._line is not None:
            return
        try:
            self._line = self._connected()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise NoServer(str(error)) from error

    def _connected(self) -> smtplib.SMTP:
        told = self.settings
        if told.tls:
            line: smtplib.SMTP = smtplib.SMTP_SSL(
                told.host, told.port, timeout=told.timeout, context=ssl.create_default_context())
        else:
            line = smtplib.SMTP(told.host, told.port, timeout=told.timeout)
        try:
            line.ehlo_or_helo_if_needed()
            if not told.tls and line.has_extn("starttls"):
                line.starttls(context=_certain() if told.user else _at_least_secret())
                line.ehlo()
            elif not told.tls and told.user:
                raise smtplib.SMTPNotSupportedError("the server offers no STARTTLS: the password would be readable")
            if told.user:
                line.login(told.user, told.password or "")
        except BaseException:
            line.close()
            raise
        return line

    def hand_over(self, recipient: str, letter: EmailMessage) -> None:
        """Returns when the server has taken responsibility. Raises NoServer, Lost, NotNow or Never."""
        self.open()
        line = self._line
        assert line is not None
        try:
            self._step(line.mail(self.settings.sender.addr_spec), ours=True)
            self._step(line.rcpt(recipient))
            if line.sock is not None:
                line.sock.settimeout(self.settings.timeout * AFTER_DATA)
            self._step(line.data(letter.as_bytes()))
            if line.sock is not None:
                line.sock.settimeout(self.settings.timeout)
        except (NoServer, NotNow, Never):
            self._begin_again(line)
            raise
        except smtplib.SMTPDataError as error:      # it would not even listen
            self._begin_again(line)
            self._step((error.smtp_code, _bytes(error.smtp_error)))
        except (smtplib.SMTPException, OSError) as error:
            self.hang_up()
            raise Lost(str(error)) from error

    def _begin_again(self, line: smtplib.SMTP) -> None:
        try:
            line.rset()
        except (smtplib.SMTPException, OSError):
            self.hang_up()

    def _step(self, answer: tuple[int, bytes], *, ours: bool = False) -> None:
        code, words = answer
        if code // 100 == 2:
            return
        if code == 421:
            self.hang_up()
        told = f"{code} {words.decode(errors='replace')}"
        if ours or code in OURS:
            raise NoServer(told)
        if code // 100 != 5:
            raise NotNow(told)
        raise Never(reason(code, words.decode(errors="replace")))


def reason(code: int, words: str) -> str:
    """Why an address is refused for good, in words for who typed it; by the enhanced status code (RFC 3463)."""
    enhanced = re.search(r"\b5\.(\d+)\.(\d+)\b", words)
    kind = (int(enhanced[1]), int(enhanced[2])) if enhanced else (0, 0)
    if kind in ((1, 2), (4, 4)):
        return _("de mailserver achter het @ bestaat niet")
    if kind == (2, 2) or code == 552:
        return _("het postvak is vol")
    if kind == (2, 1):
        return _("het postvak is gesloten")
    if kind[0] == 7:
        return _("de mailserver van de ontvanger laat onze mail niet door")
    if kind[0] == 1 or code in (550, 551, 553):
        return _("dit adres bestaat niet (meer)")
    return _("de mailserver neemt deze mail niet aan")


def _bytes(words: bytes | str) -> bytes:
    return words.encode() if isinstance(words, str) else words


def _certain() -> ssl.SSLContext:
    """For whoever gives a password: to this server and no other."""
    return ssl.create_default_context()


def _at_least_secret() -> ssl.SSLContext:
    """For a relay that knows us by where we are: often with a certificate of its own, and still better than none."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
