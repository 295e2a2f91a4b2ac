"""Slugs that somebody takes between plan and apply, on any site."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, TypeAlias

from tests.cases.playing import write_blueprint
from tests.cases.staging import stage, switch_on
from tests.recording.pictures import png
from wpbridge import engine
from wpbridge.apply import apply
from wpbridge.blueprint.load import load
from wpbridge.inputs import PlanOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from wpbridge.journal import Outcome
    from wpbridge.plan import Plan
    from wpbridge.site import SiteClient

    Door: TypeAlias = Callable[[], AbstractContextManager[SiteClient]]

BLUEPRINT = """
groups: {club: {name: Club, about: A club.}}
media: {logo: {file: logo.png}}
pages: {rules: {title: Rules, text: Be kind.}}
blog: {news: {title: News, text: There is news.}}
navigation: {main: {title: Main}}
"""
TAKEN = {
    "groups/club": "club",
    "media/logo": "logo",
    "pages/rules": "rules",
    "blog/news": "news",
    "navigation/main": "main",
}
TAKERS = {
    "groups": ["club"],
    "pages": [
        {"slug": "logo", "title": "Logo"},
        {"slug": "rules", "title": "Theirs", "status": "private"},
    ],
    "requests": [
        ["POST", "wp", "posts", {"slug": "news", "title": "News", "status": "draft"}],
        ["POST", "wp", "navigation", {"slug": "main", "status": "publish"}],
    ],
}


def planned(
    site: SiteClient,
    folder: Path,
    text: str = BLUEPRINT,
    refresh: frozenset[str] = frozenset(),
) -> Plan:
    """Plan a blueprint; raises where one of its slugs is not free."""
    (folder / "logo.png").write_bytes(png(40, 30))
    write_blueprint(text, folder / "club.yaml")
    blueprint = load(folder / "club.yaml", sections=engine.sections())
    return engine.plan(site, blueprint, PlanOptions(refresh=refresh))


def raced(door: Door, folder: Path) -> tuple[list[Outcome], list[Any], list[Any]]:
    """Apply a plan whose slugs were taken since; what was there before, and after."""
    with door() as site:
        switch_on(site, ("groups",))
    with door() as site:
        plan = planned(site, folder)
        stage(site, TAKERS)
        before = held(site)
        ends = list(apply(plan, site))
        return ends, before, held(site)


def left(door: Door, folder: Path) -> tuple[list[Any], list[Any]]:
    """Do the same, and listen no longer than to the first outcome."""
    with door() as site:
        switch_on(site, ("groups",))
    with door() as site:
        plan = planned(site, folder)
        stage(site, TAKERS)
        before = held(site)
        ends: Generator[Outcome] = apply(plan, site)  # type: ignore[assignment]
        with closing(ends):
            next(ends)
        return before, held(site)


def held(site: SiteClient) -> list[Any]:
    """Name all that has a slug, in the trash too."""
    found = [
        (route, item["slug"], item["status"])
        for route, status in (
            *(("pages", "any"), ("posts", "any"), ("navigation", "any")),
            *(("pages", "trash"), ("posts", "trash"), ("navigation", "trash")),
            ("media", "inherit,private,trash"),
        )
        for item in site.wp.walk(
            route, context="edit", status=status, _fields="id,slug,status"
        )
    ]
    groups = site.bp.walk("groups", show_hidden=True, _fields="id,slug")
    return sorted([*found, *(("groups", item["slug"], "") for item in groups)])
