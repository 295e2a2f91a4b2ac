"""Slugs that are not free, or that WordPress gives to nothing."""

from typing import Any

from tests.recording.steps import Scenario, Step, delete, get, post, put

SHORT = {"context": "edit", "_fields": "id,slug,status,type,parent,post"}
LONG = "long-" * 39 + "words"  # 200 characters


def made(route: str, slug: str, title: str = "", **rest: Any) -> Step:
    """Something published, or as told."""
    save = rest.pop("save", None)
    body = {"title": title or slug.title(), "slug": slug, "status": "publish", **rest}
    return post(f"/wp/v2/{route}", body, query=SHORT, save={save: "id"} if save else {})


def set_to(path: str, **values: Any) -> Step:
    """Something changed."""
    return put(f"/wp/v2/{path}", values, query=SHORT)


def uploaded(slug: str, *, save: str = "", **form: str) -> Step:
    """A picture under a slug."""
    part = {"name": "picture.png", "type": "image/png", "size": [40, 30]}
    return Step(
        method="POST",
        path="/wp/v2/media",
        form={"slug": slug, **form},
        files={"file": part},
        query=SHORT,
        save={save: "id"} if save else {},
    )


def joined(login: str, **rest: Any) -> Step:
    """An account."""
    body = {
        "username": login,
        "email": f"{login[:20].replace(' ', '+')}-{len(login)}@example.org",
        "password": "{password}",
        **rest,
    }
    fields = {"context": "edit", "_fields": "id,username,slug"}
    return post("/wp/v2/users", body, query=fields)


SCENARIOS = (
    Scenario(
        name="slugs",
        about="Slugs of pages, articles and media that are not free.",
        steps=(
            uploaded("hello", save="file"),
            made("pages", "hello", save="hello-2"),
            made("posts", "hello", save="article"),
            uploaded("hello"),
            made("pages", "rules", save="rules"),
            uploaded("rules", save="rules-file"),
            made("pages", "hello", parent="{rules}", save="below"),
            made("pages", "hello", parent="{rules}"),
            made("pages", "attached", parent="{rules}"),
            uploaded("attached", post="{rules}"),
            uploaded("beside", post="{rules}"),
            made("pages", "beside"),
            made("pages", "beside", parent="{rules}"),
            set_to("pages/{below}", parent=0),
            set_to("pages/{hello-2}", slug="rules"),
            # Drafts hold what they are given, until they are published.
            made("pages", "rules", status="draft", save="draft"),
            set_to("pages/{draft}", status="pending"),
            set_to("pages/{draft}", title="House rules"),
            set_to("pages/{draft}", status="private"),
            made("posts", "quiet", status="draft"),
            made("posts", "quiet"),
            made("posts", "", status="draft", title="Nameless", save="nameless"),
            set_to("posts/{nameless}", status="publish"),
            # Reserved for feeds, pages of archives, and dates.
            made("pages", "feed"),
            made("posts", "rss2"),
            uploaded("atom"),
            made("pages", "embed"),
            made("posts", "embed"),
            made("pages", "12"),
            made("pages", "page2"),
            made("pages", "page"),
            made("posts", "2027", save="number"),
            made("posts", "2027"),
            made("posts", "page2"),
            set_to("posts/{number}", title="Another title"),
            uploaded("2027"),
            # In the trash, a slug is free.
            delete("/wp/v2/pages/{rules}", query=SHORT),
            made("pages", "rules"),
            delete("/wp/v2/posts/{article}", query=SHORT),
            made("posts", "hello"),
            uploaded("rules__trashed"),
            # Long ones, other scripts, upper case.
            made("pages", LONG),
            made("pages", LONG),
            made("pages", f"{LONG}-and-more"),
            made("posts", "Grüße"),
            made("posts", "Grüße"),
            made("pages", "Правила"),
            made("pages", "правила"),
            made("pages", "Hello There"),
            made("pages", "hello_there--again-"),
            made("pages", "a.b"),
            # BuddyPress's own pages.
            made("pages", "groups"),
            made("pages", "groups", parent="{hello-2}"),
            made("posts", "groups"),
            uploaded("members"),
            made("pages", "members", status="draft"),
            get(
                "/wp/v2/media",
                query={**SHORT, "slug": "hello,rules,rules-2", "orderby": "id"},
            ),
            get(
                "/wp/v2/pages",
                query={
                    **SHORT,
                    "slug": "rules,hello,groups-2",
                    "status": "any",
                    "orderby": "id",
                },
            ),
        ),
    ),
    Scenario(
        name="slugs-of-navigation",
        about="Slugs of what menus and navigation are made of.",
        steps=(
            made("navigation", "main", content="", save="main"),
            made("navigation", "main", content=""),
            made("pages", "main"),
            uploaded("main"),
            post(
                "/wp/v2/menu-items",
                {"title": "Reading List", "url": "/reading", "status": "publish"},
                query={"context": "edit", "_fields": "id,title"},
            ),
            uploaded("reading-list"),
            get(
                "/wp/v2/menu-items",
                query={"slug": "reading-list", "_fields": "id,title"},
            ),
            made("navigation", "feed", content=""),
            get("/wp/v2/navigation", query={**SHORT, "slug": "main", "status": "any"}),
        ),
    ),
    Scenario(
        name="slugs-of-people",
        about="Logins that differ, and what addresses are made of them.",
        steps=(
            joined("anna.ruiz"),
            joined("anna-ruiz"),
            joined("anna_ruiz"),
            joined("anna ruiz"),
            joined("Bert"),
            joined("carl@example.org"),
            joined("dora", slug="bert"),
            joined("emil", slug="Émil!"),
            joined("long-" * 11 + "login"),
            joined("long-" * 11 + "words"),
        ),
    ),
)
