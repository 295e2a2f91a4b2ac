"""One look at the site: where it is kept, what time it is, and what was asked."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from wpbridge.rehearsal import dates
from wpbridge.rehearsal.store import Store


class Missing(LookupError):
    """Nothing is at this address."""


@dataclass(frozen=True)
class Look:
    """A request for a page, and the site it meets."""

    store: Store
    url: str
    now: datetime
    path: str
    args: Mapping[str, str]

    @cached_property
    def zone(self) -> Any:
        """The site's time zone."""
        name = self.store.option("timezone_string", "")
        return dates.site_zone(name, float(self.store.option("gmt_offset", 0)))

    @cached_property
    def components(self) -> frozenset[str]:
        """Names of the active components."""
        return frozenset(self.store.option("bp-active-components", {}))

    def local(self, stamp: str | None) -> datetime | None:
        """A stored date, by the site's clock."""
        if not stamp or stamp.startswith("0000"):
            return None
        return dates.parsed(stamp).astimezone(self.zone)

    def demand(self, component: str) -> None:
        """Raise ``Missing`` where a component is not active."""
        if component not in self.components:
            raise Missing(component)

    def paging(self, total: int, size: int) -> "Paging":
        """Which page of a long list was asked for."""
        asked = self.args.get("page", "1")
        number = int(asked) if re.fullmatch("[0-9]{1,6}", asked) else 1
        pages = max(1, math.ceil(total / size))
        kept = {name: value for name, value in self.args.items() if name != "page"}
        return Paging(min(max(number, 1), pages), pages, size, total, kept)


@dataclass(frozen=True)
class Paging:
    """A page of a long list."""

    number: int
    pages: int
    size: int
    total: int
    kept: Mapping[str, str]
    """What else the address asks for."""

    @property
    def offset(self) -> int:
        """How many items come before it."""
        return (self.number - 1) * self.size

    def at(self, number: int) -> str:
        """The query of another page, such as ``?page=2``."""
        return "?" + urlencode({**self.kept, "page": number})

    @property
    def around(self) -> list[int]:
        """Numbers to offer: the ends and the neighbours; 0 is a gap."""
        near = {1, self.pages, *range(self.number - 1, self.number + 2)}
        numbers = sorted(each for each in near if 1 <= each <= self.pages)
        told: list[int] = []
        for each in numbers:
            if told and each > told[-1] + 1:
                told.append(0)
            told.append(each)
        return told
