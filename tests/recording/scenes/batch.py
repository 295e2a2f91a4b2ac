"""Several requests in one, where WordPress takes them so."""

from tests.recording.lead import activate, keys, people
from tests.recording.steps import ANONYMOUS, Json, Scenario, Step, post


def batch(*requests: dict[str, Json], who: str = "admin", **rest: Json) -> Step:
    """Requests sent as one."""
    return post("/batch/v1", {"requests": list(requests), **rest}, who=who)


def user(login: str, **rest: Json) -> dict[str, Json]:
    """A request that makes a user."""
    body = {
        "username": login,
        "email": f"{login}@example.org",
        "password": "{password}",
    }
    return {
        "method": "POST",
        "path": "/wp/v2/users?_fields=id,username",
        "body": body | rest,
    }


def page(slug: str, **rest: Json) -> dict[str, Json]:
    """A request that makes a page."""
    body = {"title": slug.capitalize(), "slug": slug, "status": "publish"}
    return {
        "method": "POST",
        "path": "/wp/v2/pages?_fields=id,slug,title",
        "body": body | rest,
    }


SCENARIOS = (
    Scenario(
        name="batch",
        about="Batches taken, taken in part, and refused.",
        steps=(
            *activate("groups"),
            *people("ana"),
            *keys("ana"),
            batch(user("ben"), user("cleo", name="Cleo Ruiz")),
            batch(user("dora"), user("ana"), user("eve", email="no address")),
            batch(
                user("fay"),
                user("gil", email="no address"),
                validation="require-all-validate",
            ),
            batch(page("conduct"), page("sundays"), page("conduct")),
            batch(page("theirs"), who="ana"),
            batch(page("nobodys"), who=ANONYMOUS),
            batch(
                {
                    "method": "POST",
                    "path": "{bp}/groups",
                    "body": {"name": "X", "description": "X"},
                },
                {
                    "method": "POST",
                    "path": "/wp/v2/settings",
                    "body": {"title": "X"},
                },
                {"method": "POST", "path": "/no/such/route", "body": {}},
                page("last"),
            ),
            batch({"method": "GET", "path": "/wp/v2/pages"}),
            batch(*(page(f"page-{number}") for number in range(26))),
            batch(),
            post("/batch/v1", {}),
        ),
    ),
)
