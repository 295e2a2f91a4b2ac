"""BuddyPress components, switched on and off."""

from tests.recording.steps import ANONYMOUS, Scenario, get, post, put


def switch(name: str, action: str) -> dict[str, str]:
    """The body that switches a component."""
    return {"name": name, "action": action}


SCENARIOS = (
    Scenario(
        name="components",
        about="Components listed, switched on and off.",
        steps=(
            get("~/components"),
            get("~/components", query={"status": "active", "_fields": "name"}),
            get("~/components", query={"status": "inactive", "_fields": "name"}),
            get("~/components", query={"type": "required", "_fields": "name"}),
            get("~/components", query={"per_page": 100, "_fields": "name,is_active"}),
            get("~/components", who=ANONYMOUS),
            get("~/groups"),
            post("~/components", switch("friends", "activate")),
            post("~/components", switch("groups", "activate")),
            put("~/components", switch("messages", "activate")),
            post("~/components", switch("blogs", "activate")),
            get("~/groups"),
            post("~/components", switch("friends", "activate")),
            post("~/components", switch("forums", "activate")),
            post("~/components", switch("friends", "deactivate")),
            post("~/components", switch("friends", "deactivate")),
            post("~/components", switch("members", "deactivate")),
            post("~/components", switch("core", "deactivate")),
            post("~/components", switch("friends", "toggle")),
            post("~/components", {"name": "friends"}),
            post("~/components", {}),
            post("~/components", switch("friends", "activate"), who=ANONYMOUS),
            get("~/components"),
        ),
    ),
)
