"""The companion's files, on a site that was booted without them."""

from __future__ import annotations

import io
import shutil
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from wpbridge.companion import NAME, archive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.live.booting import Running


@contextmanager
def companion(live: Running, *, wanted: bool = True) -> Iterator[None]:
    """Have the plugin among the others, inactive as yet; or not, if not ``wanted``."""
    plugins = live.folder / "wp-content" / "plugins"
    if not wanted:
        yield
        return
    with zipfile.ZipFile(io.BytesIO(archive())) as packed:
        packed.extractall(plugins)
    try:
        yield
    finally:
        shutil.rmtree(plugins / NAME)
