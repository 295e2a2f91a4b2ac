"""
The plugin's PHP, as PHP itself and PHP_CodeSniffer see it.

Each check runs where its program is found, and says what is missing where not:

- ``php``, of whatever version the machine has.
- The oldest PHP that the plugin claims to run under, and the newest: as WebAssembly, in
  the folder that ``WPBRIDGE_PHP_WASM`` names, where npm has installed what
  ``php/package.json`` asks for.
- ``phpcs``, by its own rules; and by WordPress's where it has them, or finds them in
  the folders that ``WPBRIDGE_PHPCS_STANDARDS`` lists, with commas between.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from wpbridge import companion

TOP = Path(__file__).parents[2]
PLUGIN = Path(companion.__file__).parent / "plugin" / companion.NAME
FILES = sorted(PLUGIN.rglob("*.php"))
LOADER = Path(__file__).parent / "php" / "load.mjs"
STANDARDS = {
    "WordPress": ["minimum_wp_version", "6.1"],
    "PHPCompatibilityWP": ["testVersion", "7.4-"],
}


def program(name: str) -> str:
    """Find a program, or skip the test."""
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not on this machine")
    return found


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program at the top of the sources."""
    return subprocess.run(
        list(map(str, command)),
        capture_output=True,
        text=True,
        check=False,
        cwd=TOP,
        stdin=subprocess.DEVNULL,
    )


def test_this_machines_php_compiles_every_file() -> None:
    """Without an error, a warning or a deprecation."""
    php = program("php")
    settings = ("-d", "error_reporting=-1", "-d", "display_errors=1", "-l")
    said = {file.name: run(php, *settings, file).stdout.strip() for file in FILES}

    assert said == {file.name: f"No syntax errors detected in {file}" for file in FILES}


@pytest.mark.parametrize("version", ["7.4", "8.5"])
def test_php_from_the_oldest_to_the_newest_loads_every_class(version: str) -> None:
    """Compiled and linked without an error, a warning or a deprecation."""
    modules = os.environ.get("WPBRIDGE_PHP_WASM")
    if not modules:
        pytest.skip("WPBRIDGE_PHP_WASM does not say where npm has put PHP")
    done = run(program("node"), LOADER, modules, version, PLUGIN)

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told.pop("php").startswith(f"{version}.")
    classes = [file for file in FILES if file.name.startswith("class-")]
    assert told == {"parsed": len(FILES), "loaded": len(classes), "said": []}


def test_php_code_sniffer_finds_nothing() -> None:
    """By the rules in ``.phpcs.xml``."""
    done = run(program("phpcs"))

    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr


@pytest.mark.parametrize("standard", STANDARDS)
def test_wordpress_standards_find_nothing(standard: str) -> None:
    """As the plugin directory asks for them."""
    phpcs = program("phpcs")
    listed = os.environ.get("WPBRIDGE_PHPCS_STANDARDS")
    where = ["--runtime-set", "installed_paths", listed] if listed else []
    if standard not in run(phpcs, "-i", *where).stdout.replace(",", " ").split():
        pytest.skip(f"phpcs has no standard {standard}")
    setting = ["--runtime-set", *STANDARDS[standard]]
    done = run(
        phpcs, "-qs", f"--standard={standard}", "--extensions=php",
        *where, *setting, PLUGIN,
    )  # fmt: skip

    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
