"""The companion plugin's own API, ``wpbridge/v1``."""

from __future__ import annotations

from wpbridge.site.rest import Manner


class CompanionApi(Manner):
    """Plain objects, and no pages."""

    prefix = "/wpbridge/v1"
