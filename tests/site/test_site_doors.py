"""Reading through the doors: objects, pages, and what the two APIs do differently."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.scripted import Reply, Said, Script, refusal
from wpbridge.errors import NoAnswer, NotFound, NotSupported, Refused
from wpbridge.site import Job
from wpbridge.site.door import bp, wp

if TYPE_CHECKING:
    from wpbridge.model import Call
    from wpbridge.site.open import Install

ONE = {"id": 4, "name": "Film"}


def at(api: int, path: str) -> str:
    """Where a path of BuddyPress's is."""
    return f"/wp-json/buddypress/v{api}{path}"


def pages(*pages: list[int], totals: bool = True) -> Any:
    """A paged collection of ids."""
    headers = (("X-WP-TotalPages", str(len(pages))),) if totals else ()

    def answer(said: Said) -> Reply:
        number = int(dict(said.query)["page"])
        ids = pages[number - 1] if number <= len(pages) else []
        return Reply([{"id": each} for each in ids], headers=headers)

    return answer


def ids(items: Any) -> list[int]:
    """Their numbers."""
    return [each["id"] for each in items]


@pytest.mark.parametrize("wrapped", [True, False])
def test_single_objects_come_without_their_list(
    site: Install, script: Script, api: int, *, wrapped: bool
) -> None:
    """Version 1 wraps most of them, not all."""
    script.on("GET", at(api, "/groups/4"), Reply([ONE] if wrapped else ONE))

    assert site.bp.get("groups/4") == ONE


@pytest.mark.parametrize("path", ["xprofile/groups", "/groups/me/", "groups"])
def test_collections_stay_lists(
    site: Install, script: Script, api: int, path: str
) -> None:
    """Also when there is but one in them."""
    script.on("GET", at(api, f"/{path.strip('/')}"), Reply([ONE]))

    assert site.bp.get(path) == [ONE]


def test_every_page_is_read_once(site: Install, script: Script, api: int) -> None:
    """In order, a hundred at a time, and none past the last."""
    full = [list(range(n, n + 100)) for n in (0, 100, 200)]
    script.on("GET", at(api, "/groups"), pages(*full))

    assert ids(site.bp.walk("groups", context="edit")) == list(range(300))
    assert len(script.heard) == 3
    assert {dict(each.query)["per_page"] for each in script.heard} == {"100"}


@pytest.mark.parametrize(
    ("found", "asked"), [([], 1), ([[1]], 1), ([[1, 2], [3, 4]], 3), ([[1, 2], [3]], 2)]
)
def test_without_totals_pages_are_read_until_one_is_short(
    site: Install, script: Script, api: int, found: list[list[int]], asked: int
) -> None:
    """As for notifications, and wherever there is nothing at all."""
    script.on("GET", at(api, "/notifications"), pages(*found, totals=False))

    assert ids(site.bp.walk("notifications", per_page=2)) == [*chain(*found)]
    assert len(script.heard) == asked


def test_totals_of_friends_are_not_believed(
    site: Install, script: Script, api: int
) -> None:
    """They count the page."""
    answer = pages([1, 2], [3])

    def lies(said: Said) -> Reply:
        return Reply(answer(said).body, headers=(("X-WP-TotalPages", "1"),))

    script.on("GET", at(api, "/friends"), lies)

    assert ids(site.bp.walk("friends", user_id=1, per_page=2)) == [1, 2, 3]


def test_what_shifts_between_pages_is_given_once(
    site: Install, script: Script, api: int
) -> None:
    """Somebody wrote while we read."""
    script.on("GET", at(api, "/activity"), pages([3, 2], [2, 1]))

    assert ids(site.bp.walk("activity", per_page=2)) == [3, 2, 1]


def test_what_slipped_between_pages_is_read_after_all(
    site: Install, script: Script, api: int
) -> None:
    """The first of four was deleted after the first page: 3 moved up unseen."""
    found = iter([([1, 2], 4), ([4], 3), ([2, 3], 3), ([4], 3)])

    def answer(_: Said) -> Reply:
        page, total = next(found)
        headers = (("X-WP-TotalPages", "2"), ("X-WP-Total", str(total)))
        return Reply([{"id": each} for each in page], headers=headers)

    script.on("GET", at(api, "/groups"), answer)

    assert ids(site.bp.walk("groups", per_page=2)) == [1, 2, 4, 3]
    assert len(script.heard) == 4


def test_a_page_that_is_gone_by_now_is_the_end(site: Install, script: Script) -> None:
    """WordPress refuses pages past the last."""
    first = Reply([{"id": 1}, {"id": 2}], headers=(("X-WP-TotalPages", "2"),))
    gone = refusal(400, "rest_post_invalid_page_number")
    script.on("GET", "/wp-json/wp/v2/pages", first, gone)

    assert ids(site.wp.walk("pages", per_page=2)) == [1, 2]


def test_a_list_with_gaps_is_a_list(site: Install, script: Script) -> None:
    """What is none is an error, and not an empty site."""
    script.on("GET", "/wp-json/wp/v2/pages", Reply({"0": {"id": 1}, "2": {"id": 2}}))
    assert ids(site.wp.walk("pages")) == [1, 2]

    script.on("GET", "/wp-json/wp/v2/pages", Reply({"pages": []}))
    with pytest.raises(NoAnswer, match="there should be a list"):
        list(site.wp.walk("pages"))


def test_routes_without_pages_do_not_go_on_for_ever(
    site: Install, script: Script, api: int
) -> None:
    """They give everything, whatever page is asked for."""
    script.on("GET", at(api, "/xprofile/fields"), Reply([{"id": 1}, {"id": 2}]))

    assert ids(site.bp.walk("xprofile/fields", per_page=2)) == [1, 2]
    assert len(script.heard) == 2


def test_many_collections_are_gathered_with_their_tags(
    site: Install, script: Script, api: int
) -> None:
    """In the order in which they were asked for."""
    for group in range(30):
        members = pages([group, 100], [200 + group])
        script.on("GET", at(api, f"/groups/{group}/members"), members)
    asks = ((g, f"groups/{g}/members", {"per_page": 2}) for g in range(30))
    found = [(tag, item["id"]) for tag, item in site.bp.gather(asks)]

    assert found == [(g, each) for g in range(30) for each in (g, 100, 200 + g)]


def test_a_gathering_may_be_left_early(site: Install, script: Script, api: int) -> None:
    """What was not begun is not asked for."""
    script.on("GET", at(api, "/groups/1/members"), pages([1]))
    asks: Any = ((None, "groups/1/members", {}) for _ in range(1000))
    for _ in site.bp.gather(asks):
        break
    assert len(script.heard) < 30


def test_each_gives_none_where_there_is_none(
    site: Install, script: Script, api: int
) -> None:
    """A cover that is not there is an HTTP 500."""
    code = "bp_rest_attachments_member_cover_no_image"
    script.on("GET", at(api, "/members/1/cover"), Reply([{"image": "x"}]))
    script.on("GET", at(api, "/members/2/cover"), refusal(500, code))
    script.on("GET", at(api, "/members/3/cover"), refusal(404, "bp_rest_invalid_id"))
    asks: Any = [(n, f"members/{n}/cover", {}) for n in (1, 2, 3)]

    assert list(site.bp.each(asks)) == [(1, {"image": "x"}), (2, None), (3, None)]
    with pytest.raises(NotFound):
        site.bp.get("members/2/cover")


def test_what_is_refused_is_no_absence(site: Install, script: Script, api: int) -> None:
    """Nor is a route that is not there."""
    script.on("GET", at(api, "/members/1"), refusal(403, "bp_rest_x"))
    with pytest.raises(Refused, match="bp_rest_x"):
        list(site.bp.each([(1, "members/1", {})]))
    with pytest.raises(NotSupported, match="is the component on"):
        list(site.bp.each([(1, "messages/1", {})]))


def test_what_breaks_buddypress_12_is_never_sent(
    site: Install, script: Script, api: int
) -> None:
    """Its PHP dies of ``context=edit`` on members."""
    script.on("GET", at(api, "/members"), Reply([]))
    script.on("GET", at(api, "/members/4"), Reply(ONE))
    list(site.bp.walk("members", context="edit", user_ids=[4]))
    site.bp.get("members/4", context="edit", populate_extras=True)

    many, one = (dict(each.query) for each in script.heard)
    assert many["context"] == ("view" if api == 1 else "edit")
    assert many["user_ids[]"] == "4"
    assert one["context"] == "edit"
    assert ("populate_extras" in one) is (api == 2)


def answer(site: Install, call: Call) -> Any:
    """What a call was answered."""
    (done,) = site.carry([Job(("groups", "film"), (call,), ())], {})  # type: ignore[arg-type]  # any address does
    assert done.error is None
    return done.answers[0]


def test_writes_answer_in_the_edit_context(
    site: Install, script: Script, api: int
) -> None:
    """Version 2 must be asked for it."""
    script.on("POST", at(api, "/groups"), Reply([ONE] if api == 1 else ONE))

    assert answer(site, bp.post("groups", name="Film")) == ONE
    assert dict(script.heard[0].query) == ({} if api == 1 else {"context": "edit"})


def test_a_stated_context_is_kept(site: Install, script: Script, api: int) -> None:
    """It chooses how someone joins a group."""
    script.on("POST", at(api, "/groups/4/members"), Reply(ONE))
    answer(site, bp.post("groups", 4, "members", user_id=1, context="view"))

    assert script.heard[0].query == ()


def test_wordpress_is_a_door_too(site: Install, script: Script) -> None:
    """Its single objects are never wrapped, its lists never unwrapped."""
    script.on("GET", "/wp-json/wp/v2/users/1/application-passwords", Reply([ONE]))
    script.on("POST", "/wp-json/wp/v2/users", Reply(ONE, 201))
    script.on("OPTIONS", "/wp-json/wp/v2/users", Reply({"endpoints": []}))

    assert site.wp.get("users/1/application-passwords") == [ONE]
    assert answer(site, wp.post("users", username="ana")) == ONE
    assert script.heard[1].query == ()
    assert site.wp.options("users") == {"endpoints": []}
