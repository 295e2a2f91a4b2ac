"""
Replay a recording against a site, and say what differs.

The site may be real or embedded: whatever a ``requests.Session`` reaches. What steps
save is taken from the site's own answers.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from tests.recording import sending
from tests.recording.compare import Comparison
from tests.recording.ids import Ids
from tests.recording.record import pause
from tests.recording.scrub import Scrub
from tests.recording.steps import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.recording.sending import Target
    from tests.recording.steps import Json


class Pause(Protocol):
    """Lets time pass, on the site at least."""

    def __call__(self, seconds: float, *, align: bool) -> None:
        """Let so many seconds pass, and reach the start of one if told to."""


def replay(
    recording: dict[str, Json],
    target: Target,
    *,
    pause: Pause = pause,
    now: datetime | None = None,
    compared: list[str] | None = None,
) -> list[str]:
    """
    What differs between a recording and a bare site's answers.

    ``now`` is the site's time where that is not ours; ``compared`` gets the name of
    each exchange held against the site's answer. The types of the recording's
    ``setup`` are expected to be registered.
    """
    held = [] if compared is None else compared
    return list(_replay(recording, target, pause, now or datetime.now(UTC), held))


def _replay(
    recording: dict[str, Json],
    target: Target,
    pause: Pause,
    now: datetime,
    compared: list[str],
) -> Iterator[str]:
    scrub = Scrub(target.root, now)
    ids = Ids()
    for number, exchange in enumerate(recording["exchanges"]):
        step = Step.of(exchange["request"])
        request = f"{step.method} {step.path}"
        pause(step.wait, align=step.align)
        try:
            answer = target.send(step)
        except KeyError as error:
            yield f"{number} {request}: not sent, nothing saved {error}"
            continue
        content = sending.body(answer)
        names = sending.saved(step, content)
        target.names.update(names)
        for name, value in names.items():
            ids.learn(request, exchange["saved"].get(name), value)
        other = {
            "status": answer.status_code,
            "headers": scrub(sending.headers(answer)),
            "body": scrub(content),
        }
        for each in Comparison(request, ids).answers(exchange["answer"], other):
            yield f"{number} {request} as {step.who}: {each}"
        compared.append(request)
