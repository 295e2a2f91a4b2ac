"""WordPress's own REST API, ``wp/v2``."""

from __future__ import annotations

from wpbridge.site.rest import Manner


class WordPress(Manner):
    """Its totals are right, and its writes always answer in the edit context."""

    prefix = "/wp/v2"
