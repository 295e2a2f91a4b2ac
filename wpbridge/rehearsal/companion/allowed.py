"""The routes that travel in calls."""

import re

_SOME = "GET PUT PATCH DELETE"
_WRITES = "PUT PATCH DELETE"
# Methods, those of them that may act, and what a POST makes of a date.
_BUDDYPRESS = {
    r"activity": ("GET POST", "POST", "activity"),
    r"activity/\d+": (_SOME, _WRITES, ""),
    r"components": ("GET", "", ""),
    r"friends": ("GET POST", "POST", "friendship"),
    r"friends/\d+": (_SOME, _WRITES, ""),
    r"groups": ("GET POST", "", "group"),
    r"groups/(?:\d+|me)": (_SOME, "", ""),
    r"groups/\d+/(?:avatar|cover)": ("GET DELETE", "", ""),
    r"groups/\d+/members": ("GET POST", "POST", "membership"),
    r"groups/\d+/members/\d+": (_WRITES, "DELETE", ""),
    r"groups/(?:invites|membership-requests)": ("GET POST", "POST", ""),
    r"groups/(?:invites|membership-requests)/\d+": (_SOME, _WRITES, ""),
    r"members": ("GET POST", "", ""),
    r"members/(?:\d+|me)": ("GET PUT PATCH", "", ""),
    r"members/\d+/(?:avatar|cover)": ("GET DELETE", "", ""),
    r"messages": ("GET POST", "POST", "message"),
    r"messages/\d+": (_SOME, "", ""),
    r"notifications|sitewide-notices": ("GET POST", "", ""),
    r"(?:notifications|sitewide-notices)/\d+": (_SOME, "", ""),
    r"xprofile/(?:groups|fields)": ("GET POST", "", ""),
    r"xprofile/(?:groups|fields)/\d+": (_SOME, "", ""),
    r"xprofile/\d+/data/\d+": (f"POST {_SOME}", "", ""),
}
_WORDPRESS = {
    r"users": ("GET POST", "", ""),
    r"users/(?:\d+|me)": ("GET POST PUT PATCH", "", ""),
    r"pages|posts": ("GET POST", "", ""),
    r"(?:pages|posts)/\d+": (f"POST {_SOME}", "", ""),
    r"media(?:/\d+)?": ("GET", "", ""),
}
_COMPANION = {
    r"(?:member|group)-types(?:/[a-z0-9_-]+)?": ("GET POST PUT DELETE", "", ""),
    r"groups/\d+": ("GET PUT", "", ""),
    r"members/\d+": ("PUT", "", ""),
    r"members/\d+/visibility": ("GET PUT", "", ""),
    r"fields/\d+": ("GET PUT", "", ""),
    r"friendships/\d+": ("PUT DELETE", "", ""),
    r"favourites": ("PUT", "", ""),
    r"options": ("GET PUT", "", ""),
    r"queue(?:/\d+)?": ("GET POST DELETE", "", ""),
    r"marks": ("POST", "", ""),
    r"status": ("GET", "", ""),
}
_SPACES = (
    (r"/buddypress/v[12]/", _BUDDYPRESS),
    (r"/wp/v2/", _WORDPRESS),
    (r"/wpbridge/v1/", _COMPANION),
)


def find(method: str, route: str) -> tuple[bool, str] | None:
    """Whether a call may act and what it dates; None where it does not travel."""
    for space, patterns in _SPACES:
        for pattern, (methods, acting, makes) in patterns.items():
            if re.fullmatch(f"{space}(?:{pattern})", route):
                if method not in methods.split():
                    return None
                return method in acting.split(), makes if method == "POST" else ""
    return None
