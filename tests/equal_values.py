"""
Blueprints whose texts are drawn from what else is said of the same object.

There is one shape for each kind; what a shape is handed says a text that is, or nearly
is, the object's key or another of its fields, or what a site puts there by itself.
"""

from __future__ import annotations

from itertools import cycle, islice
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Say: TypeAlias = "Callable[[str], str]"
Shape: TypeAlias = "Callable[[Say], dict[str, Any]]"

LIKENESSES: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    str.title,
    "  {}  ".format,
    "{0}  {0}".format,
    "{0} & {0}".format,
    "{0} &amp; {0}".format,
    "&quot;{}&quot;".format,
    '"{}"'.format,
    "'{}'".format,
    "{}'s".format,
    "{} \N{GRINNING FACE}".format,
    "{} <!-- wpbridge -->".format,
    "{}@example.org".format,
    "{} -- ...".format,
    "<b>{}</b>".format,
    "{}\\".format,
    "{}%20".format,
    "\N{NO-BREAK SPACE}{}\N{NO-BREAK SPACE}".format,
    "0{}".format,
    "{}\u0301".format,
    "{}:{}".replace("{}", "{0}").format,
    "#{}".format,
    "[{}]".format,
)
"""What is made of a word: itself first, then what reads nearly the same."""

ANNA = {"anna": {"email": "anna@example.org", "name": "Anna Ruiz"}}
BERT = {"bert": {"email": "bert@example.org", "name": "Bert Lee"}}
BOTH = {**ANNA, **BERT}


def _member(say: Say) -> dict[str, Any]:
    """A display name that is the login, or the first part of the address."""
    return {
        "members": {
            "kira": {"name": say("kira"), "email": "kira@example.org"},
            "Noor": {"name": say("noor"), "email": "NOOR@Example.org"},
        }
    }


def _group(say: Say, **more: Any) -> dict[str, Any]:
    """A group whose name is its slug, and which is about its name."""
    film = {"name": say("film"), "about": say("film"), **more}
    return {
        "components": {"groups": "active"},
        "members": BOTH,
        "groups": {"film": film},
    }


def _grouped(**more: Any) -> Shape:
    return lambda say: _group(say, **more)


def _post(say: Say) -> dict[str, Any]:
    posts = {"film": {"by": "anna", "text": say("film")}}
    whole = {"posts": {"film": {"text": say("film")}}}
    return {**_group(say, members={"anna": "admin"}, posts=posts), **whole}


def _comment(say: Say) -> dict[str, Any]:
    comments = {"film": {"by": "anna", "text": say("film")}}
    post = {"by": "anna", "text": say("film"), "comments": comments}
    return _group(say, members={"anna": "admin"}, posts={"film": post})


def _favourite(say: Say) -> dict[str, Any]:
    posts = {"film": {"by": "anna", "text": say("film"), "favourites": ["anna"]}}
    return _group(say, members={"anna": "admin"}, posts=posts)


def _queued(say: Say) -> dict[str, Any]:
    at = "2027-03-01 10:00"
    posts = {"film": {"by": "anna", "text": say("film"), "at": at}}
    return {
        "calendar": {"timezone": "Europe/London"},
        **_group(say, members={"anna": "admin"}, posts=posts),
    }


def _profile(say: Say) -> dict[str, Any]:
    choices = ["Design", "design", "team"]
    fields = {
        "name": {"name": say("name"), "about": say("name")},
        "text": {"name": say("text"), "type": "text", "about": say("text")},
        "team": {
            "name": say("team"),
            "type": "choose one",
            "choices": choices,
            "visible_to": "everyone",
            "required": "no",
        },
    }
    return {
        "profile": {
            "work": {"name": say("work"), "about": say("work"), "fields": fields}
        }
    }


def _value(say: Say) -> dict[str, Any]:
    profile = {"name": say("name"), "text": say("text"), "team": "team"}
    kira = {"name": "kira", "email": "kira@example.org", "profile": profile}
    return {**_profile(say), "members": {"kira": kira}}


def _typed(say: Say) -> dict[str, Any]:
    """Types named as they are when nobody says so."""
    return {
        "components": {"groups": "active"},
        "member_types": {"helper": {"name": say("helper"), "singular": say("helper")}},
        "group_types": {"helper": {"name": say("helper"), "directory": "no"}},
        "members": {"kira": {"email": "kira@example.org", "types": ["helper"]}},
    }


def _writing(say: Say) -> dict[str, Any]:
    rules = {"title": say("rules"), "text": say("rules"), "status": "publish"}
    return {"pages": {"rules": rules, "more": {**rules, "parent": "rules"}}}


def _article(say: Say) -> dict[str, Any]:
    rules = {"title": say("rules"), "text": say("rules"), "status": "publish"}
    return {"blog": {"rules": rules, "more": {**rules, "status": "draft"}}}


def _settings(say: Say) -> dict[str, Any]:
    """Titles like the page in front, and settings that are so already."""
    return {
        **_writing(say),
        "site": {
            "title": say("rules"),
            "tagline": say("rules"),
            "front_page": "rules",
            "registration": "closed",
            "seen_by": "everyone",
        },
    }


def _medium(say: Say) -> dict[str, Any]:
    logo = {"file": "face.png", "title": say("face"), "alt": say("face")}
    return {"media": {"logo": logo, "face": {"file": "face.png"}}}


def _menu(say: Say) -> dict[str, Any]:
    links = {say("main"): "/main/", "other": "https://example.org/?a=main&b=main"}
    return {"menus": {"main": {"name": say("main"), "links": links}}}


def _navigation(say: Say) -> dict[str, Any]:
    links = {say("main"): "/main/", "other": "https://example.org/?a=main&b=main"}
    return {"navigation": {"main": {"title": say("main"), "links": links}}}


def _directory(say: Say) -> dict[str, Any]:
    return {
        "directories": {
            "members": {"title": say("members"), "slug": "members"},
            "activity": {"title": say("activity")},
        }
    }


def _message(say: Say) -> dict[str, Any]:
    hi = {"from": "anna", "to": ["bert"], "subject": say("hi"), "text": say("hi")}
    return {
        "components": {"messages": "active"},
        "members": BOTH,
        "messages": {"hi": hi},
    }


def _notice(say: Say) -> dict[str, Any]:
    hi = {"subject": say("hi"), "text": say("hi"), "active": "yes"}
    return {"components": {"messages": "active"}, "notices": {"hi": hi}}


def _friends(say: Say) -> dict[str, Any]:
    people = {each: {**said, "name": say(each)} for each, said in BOTH.items()}
    friends = {"components": {"friends": "active"}, "friendships": [["anna", "bert"]]}
    return {**friends, "members": people}


def _pictures(say: Say) -> dict[str, Any]:
    pictures = {"avatar": "face.png", "cover": "wide.png"}
    kira = {"email": "kira@example.org", "name": say("kira"), **pictures}
    return {**_group(say, **pictures), "members": {"kira": kira}}


SHAPES: Mapping[str, Shape] = {
    "avatars": _pictures,
    "blog": _article,
    "comments": _comment,
    "components": _friends,
    "covers": _pictures,
    "directories": _directory,
    "favourites": _favourite,
    "friendships": _friends,
    "group-types": _typed,
    "groups": _grouped(access="private", who_invites="members", who_posts="members"),
    "invites": _grouped(members={"anna": "admin"}, invites={"bert": "anna"}),
    "media": _medium,
    "member-types": _typed,
    "members": _member,
    "memberships": _grouped(members={"anna": "admin", "bert": "member"}),
    "menu-items": _menu,
    "menus": _menu,
    "messages": _message,
    "navigation": _navigation,
    "notices": _notice,
    "pages": _writing,
    "posts": _post,
    "profile-fields": _profile,
    "profile-groups": _profile,
    "profile-values": _value,
    "queued": _queued,
    "requests": _grouped(members={"anna": "admin"}, requests={"bert": "accept"}),
    "settings": _settings,
    "typings": _typed,
}
"""By kind; that there is one for every kind is itself held."""
BEFORE: Mapping[str, dict[str, Any]] = {
    "requests": {
        "members": ["bert"],
        "groups": ["film"],
        "requests": [
            [
                "POST",
                "bp",
                "groups membership-requests",
                {"group_id": "groups/film", "user_id": "members/bert"},
            ]
        ],
    }
}
"""What has to be on a site for there to be something of a kind."""


def _said(kind: str, value: Any, **more: Any) -> dict[str, Any]:
    """A member who says something in a field of a kind."""
    field = {"name": "F", "type": kind, **more}
    kira = {"name": "kira", "email": "kira@example.org", "profile": {"f": value}}
    profile = {"work": {"name": "Work", "fields": {"f": field}}}
    return {"profile": profile, "members": {"kira": kira}}


def _linked(url: str) -> dict[str, Any]:
    return {"menus": {"main": {"name": "Main", "links": {"Main": url}}}}


ODD: Mapping[str, dict[str, Any]] = {
    "a number that is zero": _said("number", "0"),
    "a number with zeros": _said("number", "007"),
    "a line that is zero": _said("line", "0"),
    "a choice that is zero": _said("choose one", "0", choices=["0", "1"]),
    "choices the other way round": _said("choose many", ["b", "a"], choices=["a", "b"]),
    "choices of two cases": _said("choose one", "A", choices=["a", "A"]),
    "an answer that is emptied": _said("line", "empty"),
    "a link without a scheme": _said("link", "Example.org"),
    "a link in capitals": _linked("HTTPS://Example.org"),
    "a link with a space": _linked("https://example.org/a b"),
    "a link with codes": _linked("/%d0%b0/?a=1&b=2"),
    "a link within": _linked("#main"),
    "a page of zero": {"pages": {"rules": {"title": "0", "text": "0"}}},
    "a site of zero": {"site": {"title": "0", "tagline": "0", "timezone": "UTC"}},
    "a post of zero": {"posts": {"zero": {"text": "0"}}},
    "menus that swap names": {"menus": {"a": {"name": "B"}, "b": {"name": "A"}}},
    "a login that is an address": {
        "members": {
            "k@example.org": {"email": "k@example.org", "name": "k@example.org"}
        }
    },
    "a login of digits": {
        "members": {"2027": {"email": "k@example.org", "name": "2027"}}
    },
    "a mark in a text": {
        "posts": {"a": {"text": "A <!-- wpbridge club posts/b 0123456789ab -->"}}
    },
}
"""What sites do something odd with."""

REFUSED: Mapping[str, dict[str, Any]] = {
    "a number in other digits": _said("number", "\N{ARABIC-INDIC DIGIT THREE}"),
    "a link to a word": _said("link", "f"),
    "a link with a space": _said("link", "https://example.org/a b"),
    "an entry that leads nowhere": _linked("main"),
    "entries alike": {
        "menus": {"main": {"name": "Main", "links": {"Main": "/a/", "  Main ": "/b/"}}}
    },
    "menus alike": {"menus": {"a": {"name": "A & b"}, "b": {"name": "A &amp; b"}}},
    "groups of fields alike": {"profile": {"a": {"name": "A"}, "b": {"name": " A"}}},
    "fields alike": {
        "profile": {
            "w": {"name": "W", "fields": {"a": {"name": "A"}, "b": {"name": "A"}}}
        }
    },
    "a slug of another's": {"directories": {"members": {"slug": "activity"}}},
}
"""What no site would keep, or tell apart."""


def everything(turn: int) -> dict[str, Any]:
    """All shapes in one, each text made as the next likeness has it, from a turn on."""
    likenesses = islice(cycle(LIKENESSES), turn, None)

    def say(word: str) -> str:
        return next(likenesses)(word)

    made: dict[str, Any] = {}
    for shape in dict.fromkeys(SHAPES.values()):
        _join(made, shape(say))
    made["groups"]["film"].pop("requests")  # of somebody who is in the group
    made["groups"]["film"].pop("invites")
    return made


def _join(made: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(made.get(key), dict):
            _join(made[key], value)
        else:
            made[key] = value
