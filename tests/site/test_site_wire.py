"""How requests are written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from wpbridge.errors import NotFound
from wpbridge.model import FRESH, Address, Call, Ref
from wpbridge.site.door import bp
from wpbridge.site.secret import Secret
from wpbridge.site.wire import address, fill, pairs, writing

if TYPE_CHECKING:
    from pathlib import Path

ROOT = "https://x.org/wp-json/"
FILM, ANA = Address("groups", "film"), Address("members", "ana")
IDS = {FILM: 5, ANA: 41}


def written(call: Call, **more: Any) -> Any:
    """A call as a request to BuddyPress."""
    return writing(call, ROOT, "/buddypress/v2", IDS, more)


@pytest.mark.parametrize(
    ("root", "url"),
    [
        ("https://x.org/wp-json/", "https://x.org/wp-json/wp/v2/users?page=2"),
        ("https://x.org/api", "https://x.org/api/wp/v2/users?page=2"),
        (
            "https://x.org/?rest_route=/",
            "https://x.org/?rest_route=/wp/v2/users&page=2",
        ),
        (
            "https://x.org/index.php?rest_route=/",
            "https://x.org/index.php?rest_route=/wp/v2/users&page=2",
        ),
    ],
)
def test_routes_are_joined_to_any_sort_of_root(root: str, url: str) -> None:
    """Plain permalinks have the route in the query."""
    assert address(root, "/wp/v2/users", {"page": 2}) == url


def test_the_index_is_the_root_itself() -> None:
    """No slash is lost, and none doubled."""
    assert address(ROOT, "/", {}) == ROOT
    assert address("https://x.org/?rest_route=/", "/", {}).endswith("?rest_route=/")


def test_parameters_are_written_as_php_reads_them() -> None:
    """Lists, maps, booleans, nothing, and names of fields."""
    params = {
        "user_ids": [4, 5],
        "meta": {"a": [1], "b": True},
        "force": False,
        "context": None,
        "_fields": ["id", "slug"],
        "search": "a b&c",
    }
    assert list(pairs(params)) == [
        ("user_ids[]", "4"),
        ("user_ids[]", "5"),
        ("meta[a][]", "1"),
        ("meta[b]", "true"),
        ("force", "false"),
        ("_fields", "id,slug"),
        ("search", "a b&c"),
    ]


def test_refs_become_numbers_at_any_depth() -> None:
    """In the path, in values, in lists."""
    call = bp.post("groups", Ref(FILM), "members", user_id=Ref(ANA), many=[[Ref(ANA)]])
    request = written(call, context="edit")

    assert (
        request.url
        == "https://x.org/wp-json/buddypress/v2/groups/5/members?context=edit"
    )
    assert json.loads(request.body) == {"user_id": 41, "many": [[41]]}
    assert request.content_type == "application/json"
    assert str(request) == "POST /buddypress/v2/groups/5/members"


def test_a_ref_to_nothing_says_so() -> None:
    """What it needs was not made."""
    with pytest.raises(NotFound, match="groups/darkroom is not on the site"):
        fill(Ref(Address("groups", "darkroom")), IDS)


def test_what_a_path_holds_is_quoted() -> None:
    """Only slashes are let through."""
    assert written(bp.delete("a b", "c?d#e/f")).url.endswith("/a%20b/c%3Fd%23e/f")


def test_fresh_passwords_are_long_and_differ() -> None:
    """They hold no backslash, which WordPress refuses."""
    first, second = fill(FRESH, {}), fill(FRESH, {})

    assert first != second
    assert len(first) >= 32
    assert "\\" not in first + second


def test_secrets_are_told_only_on_the_wire() -> None:
    """A request does not show its body."""
    request = written(bp.post("users", password=Secret("hush-hush")))

    assert b"hush-hush" in request.body
    assert "hush-hush" not in repr(request)


def test_deletes_say_in_the_address_what_they_say() -> None:
    """They have no body."""
    request = written(bp.delete("members", 4, force=True, reassign=False))

    assert request.url.endswith("/members/4?force=true&reassign=false")
    assert request.body is None
    assert request.repeatable


def test_forms_keep_phps_brackets() -> None:
    """Options of a profile field travel so."""
    call = Call(
        "bp", "POST", ("xprofile", "fields", 3), {"option": {1: "A", 2: "B"}}, form=True
    )
    request = written(call)

    assert request.body == b"option%5B1%5D=A&option%5B2%5D=B"
    assert request.content_type == "application/x-www-form-urlencoded"


def test_uploads_are_multipart_with_their_values(tmp_path: Path) -> None:
    """The file part is called ``file``."""
    file = tmp_path / "ana.png"
    file.write_bytes(b"\x89PNG")
    call = bp.upload("members", 4, "avatar", file=file, action="bp_avatar_upload")
    request = written(call)

    assert request.content_type.startswith("multipart/form-data; boundary=")
    assert b'name="action"\r\n\r\nbp_avatar_upload\r\n' in request.body
    assert b'name="file"; filename="ana.png"' in request.body
    assert b"Content-Type: image/png\r\n\r\n\x89PNG\r\n" in request.body
