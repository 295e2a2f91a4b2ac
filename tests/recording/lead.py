"""How scenarios begin: components switched on, people and groups made."""

from __future__ import annotations

from tests.recording.steps import Step, post


def activate(*components: str) -> tuple[Step, ...]:
    """Each component switched on."""
    return tuple(
        post(
            "~/components",
            {"name": each, "action": "activate"},
            query={"_fields": "name,is_active"},
        )
        for each in components
    )


def people(*logins: str) -> tuple[Step, ...]:
    """A user for each login, their ids saved under it."""
    return tuple(
        post(
            "/wp/v2/users",
            {
                "username": each,
                "email": f"{each}@example.org",
                "password": "{password}",
                "name": f"{each.capitalize()} Ruiz",
            },
            query={"_fields": "id,slug,name"},
            save={each: "id"},
        )
        for each in logins
    )


def keys(*logins: str) -> tuple[Step, ...]:
    """An application password for each login, so that steps can be theirs."""
    return tuple(
        post(
            f"/wp/v2/users/{{{each}}}/application-passwords",
            {"name": "wpbridge"},
            query={"_fields": "uuid,password"},
            save={f"{each}.password": "password", f"{each}.uuid": "uuid"},
        )
        for each in logins
    )


def group(slug: str, creator: int | str = 1, status: str = "public") -> Step:
    """A group, its id saved under its slug."""
    return post(
        "~/groups",
        {
            "name": slug.replace("-", " ").capitalize(),
            "slug": slug,
            "description": f"About {slug}.",
            "creator_id": creator,
            "status": status,
        },
        query={"_fields": "id,slug"},
        save={slug: "id"},
    )


def join(slug: str, *logins: str) -> tuple[Step, ...]:
    """Each login added to the group."""
    return tuple(
        post(
            f"~/groups/{{{slug}}}/members",
            {"user_id": f"{{{each}}}"},
            query={"_fields": "id,is_confirmed"},
        )
        for each in logins
    )
