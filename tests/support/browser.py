"""A real browser against the real application, watched for everything that goes wrong in it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Playwright, Request, Response, expect
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.support.builders import PASSWORD, Persona
from tests.support.tools import chromium

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run")
SIZES = {"desktop": (1280, 900), "phone": (390, 844), "small": (360, 740)}
EXPECTED = "Failed to load resource"        # a refusal or no line; what matters of those is noted by the answer itself
PATIENCE = 60_000                           # ms for what must come: a busy machine is no failure

expect.set_options(timeout=PATIENCE)


class Quiet(WSGIRequestHandler):
    def log_request(self, *_: Any) -> None: ...


class Counted:
    """An application that knows how many requests it is answering."""

    def __init__(self, app: Callable[..., Any]) -> None:
        self.app, self.under_way, self.changed = app, 0, threading.Condition()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        self._add(1)
        try:
            return self.app(environ, start_response)
        finally:
            self._add(-1)

    def wait_until_done(self) -> None:
        """So that what somebody still asked when she closed her window writes in no database but that of her test."""
        with self.changed:
            assert self.changed.wait_for(lambda: self.under_way == 0, PATIENCE / 1000), "a request is not answered"

    def _add(self, number: int) -> None:
        with self.changed:
            self.under_way += number
            self.changed.notify_all()


@contextmanager
def serving(app: Callable[..., Any], port: int = 0) -> Iterator[str]:
    """The address at which this application answers while this lasts."""
    counted = Counted(app)
    server = make_server("127.0.0.1", port, counted, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        counted.wait_until_done()


def launch(playwright: Playwright) -> Browser:
    found = chromium()
    if found is None:
        raise RuntimeError("There is no Chromium (Debian: apt install chromium). "
                           "Without it: script/test --without browser")
    return playwright.chromium.launch(executable_path=found, args=list(FLAGS), timeout=2 * PATIENCE)


class Windows:
    """Opens pages and remembers what went wrong in them."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.problems: list[str] = []
        self.contexts: list[Any] = []

    def open(self, size: str = "desktop", **wishes: Any) -> Page:
        """A page in a browser of its own: `size` desktop, phone or small; wishes such as java_script_enabled=False."""
        width, height = SIZES[size]
        context = self.browser.new_context(base_url=self.address, viewport={"width": width, "height": height},
                                           locale="nl-NL", has_touch=size != "desktop",
                                           **({"reduced_motion": "reduce"} | wishes))
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(EXPECTED):
            self.problems.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.problems.append(f"asks another server: {request.url}")

    def _response(self, response: Response) -> None:
        missing = response.status == 404 and response.request.resource_type != "document"
        if response.status >= 500 or missing:
            self.problems.append(f"{response.status}: {response.url}")


def sign_in(page: Page, person: Persona) -> None:
    """Through the log-in page, as she would."""
    page.goto("/inloggen")
    page.locator("input[name=email]").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/start")


def follow(link: Locator) -> None:
    """Clicks it, a link or a button, and waits for the page it leads to: a click alone returns on the old page."""
    with link.page.expect_navigation():
        link.click()


def assert_accessible(page: Page) -> None:
    """No finding of axe, and nothing that sticks out of the window."""
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    told = [f"{rule['id']}: {rule['help']}\n    " + "\n    ".join(node["html"] for node in rule["nodes"])
            for rule in found]
    assert not told, f"{page.url}\n  " + "\n  ".join(told)
    too_wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide <= 0, f"{page.url} is {too_wide} px wider than the window"
