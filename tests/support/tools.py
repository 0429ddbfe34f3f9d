"""What the tests need and pip does not bring: PostgreSQL and a browser."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def postgres_bin() -> Path | None:
    """The folder of PostgreSQL's own programs, the newest one found."""
    named = os.environ.get("POSTGRES_BIN")
    on_path = shutil.which("initdb")
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda found: float(found.parent.name))
    homes = [Path(named)] if named else []
    homes += [Path(on_path).resolve().parent] if on_path else []
    homes += reversed(versions)
    return next((home for home in homes if (home / "initdb").exists() and (home / "postgres").exists()), None)


def chromium() -> str | None:
    """A Chromium that can be driven: the one named, the system's, or the one that Playwright fetched."""
    named = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if named:
        return named
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        fetched = Path(playwright.chromium.executable_path)
    return str(fetched) if fetched.exists() else None


def main() -> None:
    """Names what is missing, one word a line; script/test asks."""
    for name, found in (("postgres", postgres_bin()), ("browser", chromium())):
        if not found:
            print(name)


if __name__ == "__main__":
    main()
