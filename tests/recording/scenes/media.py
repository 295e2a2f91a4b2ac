"""The media library."""

from typing import Any

from tests.recording.lead import keys, people
from tests.recording.steps import ANONYMOUS, Scenario, Step, delete, get, post, put

MEDIA = "/wp/v2/media"

PLAIN = {"Content-Type": "text/plain"}

SHORT = "id,slug,title,alt_text,status,mime_type"

EDIT = {"context": "edit", "_fields": SHORT}


def upload(name: str, *, size: tuple[int, int] = (40, 30), **rest: Any) -> Step:
    """A picture sent as a form does."""
    part = {"name": name, "type": "image/png", "size": list(size)}
    return Step(method="POST", path=MEDIA, files={"file": part}, **rest)


def raw(name: str, **rest: Any) -> Step:
    """A file of text sent as the body of a request."""
    return Step(
        method="POST",
        path=MEDIA,
        text="Words.",
        headers={
            **PLAIN,
            "Content-Disposition": f'attachment; filename="{name}"',
        },
        **rest,
    )


SCENARIOS = (
    Scenario(
        name="media",
        about="Files uploaded, found, changed and deleted.",
        steps=(
            *people("ana"),
            *keys("ana"),
            get(MEDIA, query=EDIT),
            upload(
                "logo.png",
                form={
                    "slug": "logo",
                    "title": "Our logo & <b>all</b>",
                    "alt_text": "A <b>circle</b> & more",
                },
                save={"logo": "id"},
            ),
            upload("logo.png", query=EDIT, save={"second": "id"}),
            upload("logo.png", form={"slug": "logo"}, query=EDIT),
            upload(
                "A Wide Picture.png",
                size=(400, 200),
                form={"caption": "It is *wide*.", "description": "Wide."},
                save={"wide": "id"},
            ),
            raw("rules.txt", save={"rules": "id"}, wait=1.1),
            raw("rules.exe"),
            Step(method="POST", path=MEDIA, text="Words.", headers=PLAIN),
            post(MEDIA, {"title": "Nothing"}),
            upload("logo.png", who="ana"),
            upload("logo.png", who=ANONYMOUS),
            get(MEDIA, query={**EDIT, "slug": "logo,rules,nothing"}),
            get(MEDIA, query={**EDIT, "slug": "nothing"}),
            get(MEDIA, query={**EDIT, "per_page": 2, "orderby": "id"}),
            get(MEDIA, query={**EDIT, "media_type": "image", "orderby": "id"}),
            get(MEDIA, query={**EDIT, "page": 9}),
            get(MEDIA, query={"context": "edit"}, who="ana"),
            get(MEDIA, query={"_fields": "id,slug", "slug": "logo"}, who=ANONYMOUS),
            get(f"{MEDIA}/{{logo}}", query={"context": "edit"}),
            get(f"{MEDIA}/{{logo}}", who=ANONYMOUS),
            get(f"{MEDIA}/9999"),
            put(f"{MEDIA}/{{logo}}", {"title": "Logo"}, query=EDIT),
            put(f"{MEDIA}/{{logo}}", {"alt_text": "A square"}, query=EDIT),
            put(f"{MEDIA}/{{logo}}", {"slug": "rules"}, query=EDIT),
            put(f"{MEDIA}/{{logo}}", {"alt_text": "", "title": ""}, query=EDIT),
            put(f"{MEDIA}/{{logo}}", {"title": "X"}, who="ana"),
            put(f"{MEDIA}/9999", {"title": "X"}),
            delete(f"{MEDIA}/{{second}}"),
            delete(f"{MEDIA}/{{second}}", query={"force": True}, who="ana"),
            delete(f"{MEDIA}/{{second}}", query={"force": True, "_fields": "deleted"}),
            delete(f"{MEDIA}/{{second}}", query={"force": True}),
        ),
    ),
)
