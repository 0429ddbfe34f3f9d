"""Web server and worker as two children of one process. Ends both when either ends, or when asked to."""

from __future__ import annotations

import ctypes
import errno
import logging
import os
import re
import signal
import socket
import struct
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

from click import ClickException
from flask import Flask

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 15       # seconds that a child gets to finish what it is doing, and a browser to go on with a request


class CannotStart(Exception):
    """The message is for whoever started us."""


def main(arguments: list[str]) -> int:
    asked: list[int] = []
    for number in STOPS:
        signal.signal(number, lambda number, _frame: asked.append(number))
    try:
        host, port = address()
        app = prepared(empty="--empty" in arguments)
    except CannotStart as error:
        print(error, file=sys.stderr)
        return 1
    if asked:
        return 0
    children = {"web": fork(lambda: web(app, host, port)), "worker": fork(lambda: worker(app))}
    ended = watch(children, asked)
    if not asked:
        print(f"Gestopt, want {' en '.join(ended)} stopte.", file=sys.stderr)
    return 0 if asked else 1


def address() -> tuple[str, int]:
    """Where to serve. Raises CannotStart when nobody can."""
    host, wish = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not wish.isdecimal() or not 0 < int(wish) < 65536:
        raise CannotStart(f"PORT moet een getal van 1 tot en met 65535 zijn, nu staat er: {wish}")
    port = int(wish)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reasons = {errno.EADDRINUSE: "is al in gebruik", errno.EACCES: "mag alleen de systeembeheerder gebruiken"}
            reason = reasons.get(error.errno or 0, f"kan niet worden gebruikt ({error.strerror})")
            raise CannotStart(f"Poort {port} op {host} {reason}. Kies een andere met PORT=… of HOST=…") from None
    return host, port


def prepared(*, empty: bool) -> Flask:
    """The application, imported once, its database up to date, and nothing open that processes may not share."""
    from app import create_app
    from app.background import let_go
    from app.cli import bring_up_to_date
    from app.config import ConfigError
    from app.db import db

    try:
        app = create_app()
        with app.app_context():
            bring_up_to_date(empty=empty)
            db.engine.dispose()
    except ConfigError as error:
        raise CannotStart(str(error)) from None
    except ClickException as error:
        raise CannotStart(error.format_message()) from None
    let_go(app)
    sys.stdout.flush()
    return app


def fork(work: Callable[[], object]) -> int:
    parent = os.getpid()
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)     # until the child answers to them in its own way
    pid = os.fork()
    if pid:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
        return pid
    status = 1
    try:
        os.setsid()
        for number in STOPS:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
        if sys.platform == "linux":         # a killed parent must not leave a child holding the port
            ctypes.CDLL(None).prctl(1, signal.SIGTERM)      # PR_SET_PDEATHSIG
        if os.getppid() == parent:
            work()
            status = 0
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(status)


def watch(children: dict[str, int], asked: list[int]) -> list[str]:
    """Waits until we are asked to stop or a child ended; then ends the others. Names who ended first."""
    first: list[str] = []
    while not asked and not first:
        time.sleep(0.1)
        first = reap(children)
    for name, pid in children.items():      # gunicorn: TERM is graceful; huey: INT is graceful, TERM interrupts
        os.kill(pid, signal.SIGTERM if name == "web" else signal.SIGINT)
    end = time.monotonic() + PATIENCE
    while children and time.monotonic() < end:
        time.sleep(0.05)
        reap(children)
    for pid in children.values():
        os.killpg(pid, signal.SIGKILL)
    return first


def reap(children: dict[str, int]) -> list[str]:
    """Takes the children that ended out of the list and names them."""
    ended = [name for name, pid in children.items() if os.waitpid(pid, os.WNOHANG)[0]]
    for name in ended:
        del children[name]
    return ended


def ready(arbiter: Any, at: str) -> None:
    """A connection that stops talking halfway gives its thread back; the sockets that are accepted inherit this."""
    for listener in arbiter.LISTENERS:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", PATIENCE, 0))
    print(f"Groeispiegel draait op http://{at} (stoppen: Ctrl-C)", flush=True)


class NoLinks(logging.Filter):
    """Keeps out of gunicorn's log what somebody asked for: a link in an address is a permission."""

    def filter(self, record: logging.LogRecord) -> bool:
        told = re.sub(r"(Invalid request from ip=\S+):.*", r"\1", record.getMessage(), flags=re.DOTALL)
        record.msg, record.args = re.sub(r"/(b|agenda)/\S*", r"/\1/…", told), ()
        return True


def web(app: Flask, host: str, port: int) -> None:
    from gunicorn.app.base import BaseApplication

    logging.getLogger("gunicorn.error").addFilter(NoLinks())

    at = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    class Server(BaseApplication):
        def load_config(self) -> None:
            settings: dict[str, Any] = {
                "bind": at,
                "workers": int(os.environ.get("WEB_WORKERS") or "2"),
                "threads": 4,
                "worker_class": "gthread",
                "graceful_timeout": 10,
                "loglevel": "warning",          # no access log: a link in an address is a permission
                "control_socket_disable": True,
                "secure_scheme_headers": {},    # the application itself knows which proxies to trust
                "when_ready": lambda arbiter: ready(arbiter, at),
            }
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            return app

    sys.argv = ["gunicorn"]
    Server().run()


def worker(app: Flask) -> None:
    from app.background import queue

    queue(app).create_consumer(workers=1).run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
