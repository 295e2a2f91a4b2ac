"""What ``companion`` writes and tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpbridge import companion
from wpbridge.cli import drafting
from wpbridge.cli.examining import say
from wpbridge.errors import UsageError
from wpbridge.site.doctor import of_the_companion

if TYPE_CHECKING:
    from pathlib import Path


def written(file: Path) -> str:
    """Write the plugin's archive, and say where and what next."""
    try:
        with file.open("xb") as new:
            new.write(companion.archive())
    except FileExistsError as error:
        raise UsageError(f"{file} is there already; name another file") from error
    return (
        f"{file} written; on the site, go to Plugins > Add New > Upload Plugin. "
        "Then switch on what you want of it under Settings > wpbridge Companion."
    )


def told(name: str, user: str | None, *, insecure_http: bool) -> None:
    """Tell what a site has of the plugin, and lacks."""
    with drafting.opened(name, user, insecure_http=insecure_http) as bridge:
        lines = list(of_the_companion(bridge.facts))
    for each in lines:
        say(each.level, each.text)
