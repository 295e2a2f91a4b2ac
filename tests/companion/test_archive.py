"""The archive that WordPress installs, and the plugin's own papers."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from wpbridge import companion

PLUGIN = Path(companion.__file__).parent / "plugin" / companion.NAME
SOURCES = sorted(PLUGIN.rglob("*.php"))


def test_the_archive_is_the_same_each_time() -> None:
    """Byte for byte, sorted, below one folder."""
    packed = companion.archive()
    names = zipfile.ZipFile(io.BytesIO(packed)).namelist()

    assert companion.archive() == packed
    assert names == sorted(names)
    assert all(name.startswith("wpbridge-companion/") for name in names)
    assert "wpbridge-companion/wpbridge-companion.php" in names
    assert "wpbridge-companion/uninstall.php" in names
    assert not [name for name in names if "test" in name or "/." in name]


def test_versions_agree() -> None:
    """The header, the constant and the readme say the same version and needs."""
    main = (PLUGIN / "wpbridge-companion.php").read_text("utf-8")
    readme = (PLUGIN / "readme.txt").read_text("utf-8")
    version = re.search(r"^ \* Version: +(\S+)$", main, re.MULTILINE)
    assert version

    assert f"const VERSION = '{version[1]}';" in main
    assert f"Stable tag: {version[1]}\n" in readme
    for need in ("Requires at least", "Requires PHP"):
        said = re.search(rf"{need}: +(\S+)$", main, re.MULTILINE)
        assert said
        assert f"{need}: {said[1]}\n" in readme
    assert "Requires Plugins:  buddypress" in main
    assert "== Security ==" in readme


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_no_file_runs_by_itself(source: Path) -> None:
    """Each ends at once when it is asked for by its own address."""
    text = source.read_text("utf-8")

    assert re.search(
        r"^defined\( '(ABSPATH|WP_UNINSTALL_PLUGIN)' \) \|\| exit;", text, re.MULTILINE
    )
    assert "__return_true" not in text
    assert not re.search(r"\b(eval|extract|shell_exec|maybe_unserialize)\(", text)
    assert text.count("unserialize(") == text.count("'allowed_classes' => false")


def test_every_text_is_in_the_template() -> None:
    """The .pot has each text that can be translated, and no other."""
    pot = (PLUGIN / "languages" / "wpbridge-companion.pot").read_text("utf-8")
    known = set(re.findall(r'^msgid "(.+)"$', pot, re.MULTILINE))
    said = set()
    for source in SOURCES:
        found = re.findall(
            r"(?:__|esc_html__)\( '((?:[^'\\]|\\.)+)', 'wpbridge-companion' \)",
            source.read_text("utf-8"),
        )
        said |= {each.replace("\\'", "'").replace('"', '\\"') for each in found}

    assert said == known
