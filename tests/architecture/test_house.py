"""The tree: who imports whom, how big a file is, and what no file says."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from app.config import ROOT

LONGEST = 300       # lines of a module
ALL = sorted(
    ROOT / name
    for name in subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True,
                               text=True, check=True).stdout.splitlines()
    if (ROOT / name).is_file()
)
MODULES = [file for file in ALL if file.suffix == ".py" and file.is_relative_to(ROOT / "app")]
OURS = [file for file in ALL if "vendor" not in file.parts]
# Told in pieces, or this file would be the first to say them.
REGISTRIES = [".".join(parts) for parts in (
    ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"),
    ("debian", "org"), ("unpkg", "com"), ("jsdelivr", "net"), ("cdnjs", "cloudflare", "com"), ("esm", "sh"),
    ("fonts", "googleapis", "com"), ("fonts", "gstatic", "com"), ("ghcr", "io"),
)]


def shown(file: Path) -> str:
    return str(file.relative_to(ROOT))


def test_the_import_rules_are_kept() -> None:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout[told.stdout.find("Broken contracts"):]


def test_what_calls_itself_pure_is_held_to_it() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (pure,) = [contract["source_modules"] for contract in contracts if contract["id"] == "pure"]
    (furniture,) = [contract["layers"][-1] for contract in contracts if contract["id"] == "furniture"]
    held = {name.split(".")[-1] for name in pure}
    forgotten = set(re.findall(r"\w+", furniture)) - held
    for file in MODULES:
        parts = file.relative_to(ROOT).with_suffix("").parts
        if "PURE" in (ast.get_docstring(ast.parse(file.read_text())) or "") and file.name != "__init__.py":
            name = ".".join(parts)
            if name not in pure and ".".join(parts[:2]) not in pure:
                forgotten.add(name)
    assert not forgotten, "add these to the contract 'pure' in pyproject.toml"


def test_a_module_is_read_in_one_sitting() -> None:
    long = {shown(file): lines for file in MODULES if (lines := len(file.read_text().splitlines())) > LONGEST}
    assert not long, "split it by noun, into a package with the same public names"


def test_a_module_says_what_it_is() -> None:
    silent = [shown(file) for file in MODULES if not ast.get_docstring(ast.parse(file.read_text()))]
    assert not silent, "say in a docstring what it is"


def test_the_application_is_made_in_eighty_lines() -> None:
    assert len((ROOT / "app/__init__.py").read_text().splitlines()) <= 80


def texts() -> list[tuple[str, str]]:
    """Every text file that we wrote."""
    found = []
    for file in OURS:
        try:
            found.append((shown(file), file.read_text()))
        except UnicodeDecodeError:
            continue
    return found


def test_no_file_names_a_registry_or_this_machine() -> None:
    here = [f"{folder}/" for folder in (ROOT, ROOT.parent, Path.home()) if len(folder.parts) > 1]
    said = [f"{name}: {word}" for name, text in texts() for word in (*REGISTRIES, *here) if word in text]
    assert not said


def test_pages_scripts_and_styles_ask_nobody_else() -> None:
    asks = re.compile(r"""(?:src|srcset|poster|action)\s*=\s*["'](?:https?:)?//|<link[^>]+href=["'](?:https?:)?//"""
                      r"""|url\(\s*["']?(?:https?:)?//"""
                      r"""|@import(?! "[a-z]+/[a-z]+\.css";)"""
                      r"""|(?:fetch|import|open|WebSocket)\s*\(\s*["'`](?:\w+:)?//""")
    folders = ("app/templates/", "app/static/")
    found = [f"{name}: {hit[0]}" for name, text in texts() if name.startswith(folders) for hit in asks.finditer(text)]
    assert not found


def test_templates_have_nothing_inline() -> None:
    """What the content security policy would refuse without a word. A mail has no such policy, and only such styles."""
    refused = re.compile(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|"
                         r"<script(?![^>]*(?:src=|application/json))[^>]*>")
    templates = [(name, text) for name, text in texts() if name.endswith(".html") and "/letter." not in name]
    assert not [f"{name}: {hit[0]}" for name, text in templates for hit in refused.finditer(text)]


def test_programs_can_be_started() -> None:
    for name in ("server", "test", "lock"):
        assert (ROOT / "script" / name).stat().st_mode & 0o111
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
