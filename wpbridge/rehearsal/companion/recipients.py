"""Whom a post that waits would mail, as things stand now."""

from wpbridge.rehearsal.store import Row
from wpbridge.rehearsal.stream import activity_by_id, mentioned_in, outside
from wpbridge.rehearsal.visit import Visit


def recipients(
    visit: Visit, author: int, content: str, group: int, above: Row | None
) -> dict[str, list[int]]:
    """
    Who is mentioned, and who is answered; somebody may be both.

    ``group`` is 0 for comments, which tell strangers of a closed group, too.
    """
    root = above
    if above and above["type"] == "activity_comment":
        root = activity_by_id(visit, above["item_id"])
    mentioned = mentioned_in(visit, content)
    answered = dict.fromkeys(each["user_id"] for each in (root, above) if each)
    return {
        "mention": [
            each for each in mentioned if not (group and outside(visit, each, group))
        ],
        "reply": [each for each in answered if each != author],
    }
