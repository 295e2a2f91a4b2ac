"""XML-RPC as WordPress speaks it, over a few posts in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xmlrpc.client import DateTime, Fault
from xmlrpc.server import SimpleXMLRPCDispatcher

from tests.site.scripted import ADMIN, Reply

if TYPE_CHECKING:
    from tests.site.scripted import Said

ZERO = "00000000T00:00:00Z"


@dataclass
class Papered:
    """Answers ``POST /xmlrpc.php``."""

    posts: dict[int, dict[str, Any]] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    alt: dict[int, str] = field(default_factory=dict)
    called: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.options |= {"blog_title": "Club", "blog_tagline": ""}
        self.options |= {"users_can_register": "0"}

    def __call__(self, said: Said) -> Reply:
        """Dispatch a call."""
        server = SimpleXMLRPCDispatcher(allow_none=True)
        methods: dict[str, Any] = {
            "mt.supportedMethods": lambda: [*methods],
            "wp.getPosts": self.get_posts,
            "wp.getPost": self.get_post,
            "wp.newPost": self.new_post,
            "wp.editPost": self.edit_post,
            "wp.deletePost": self.delete_post,
            "wp.getMediaItem": self.get_medium,
            "wp.uploadFile": self.upload,
            "wp.getOptions": self.get_options,
            "wp.setOptions": self.set_options,
        }
        for name, method in methods.items():
            server.register_function(method, name)
        return Reply(server._marshaled_dispatch(said.body))  # noqa: SLF001 - no other way

    def get_posts(self, *args: Any) -> list[dict[str, Any]]:
        """Those of a type."""
        self._enter("wp.getPosts", *args)
        wanted = args[3]
        found = [
            p for p in self.posts.values() if p["post_type"] == wanted["post_type"]
        ]
        return found[wanted["offset"] :][: wanted["number"]]

    def get_post(self, *args: Any) -> dict[str, Any]:
        """One."""
        self._enter("wp.getPost", *args)
        return self.posts[int(args[3])]

    def new_post(self, *args: Any) -> str:
        """Make one; its number is told as a text."""
        self._enter("wp.newPost", *args)
        return str(self._keep(args[3]))

    def edit_post(self, *args: Any) -> bool:
        """Set what is said."""
        self._enter("wp.editPost", *args)
        self.posts[int(args[3])].update(args[4])
        return True

    def delete_post(self, *args: Any) -> bool:
        """Drop it."""
        self._enter("wp.deletePost", *args)
        del self.posts[int(args[3])]
        return True

    def get_medium(self, *args: Any) -> dict[str, Any]:
        """What is known of a file."""
        self._enter("wp.getMediaItem", *args)
        return {"alt": self.alt.get(int(args[3]), "")}

    def upload(self, *args: Any) -> dict[str, Any]:
        """Take a file; its slug is made of its name."""
        self._enter("wp.uploadFile", *args)
        name = args[3]["name"]
        post = {"post_type": "attachment", "post_name": name.replace(".", "-")}
        number = self._keep({**post, "post_title": name, "post_status": "inherit"})
        return {"id": str(number)}

    def get_options(self, *args: Any) -> dict[str, Any]:
        """Those asked for."""
        self._enter("wp.getOptions", *args)
        return {name: {"value": self.options[name]} for name in args[3]}

    def set_options(self, *args: Any) -> dict[str, Any]:
        """Set them."""
        self._enter("wp.setOptions", *args)
        self.options |= args[3]
        return {}

    def _keep(self, post: dict[str, Any]) -> int:
        number = len(self.posts) + 5
        blank: dict[str, Any] = {
            "post_parent": "0",
            "post_author": "1",
            "post_content": "",
        }
        blank |= {"post_date_gmt": DateTime(ZERO), "post_status": "draft"}
        self.posts[number] = {**blank, "post_id": str(number), **post}
        return number

    def _enter(self, method: str, *args: Any) -> None:
        self.called.append(method)
        if tuple(args[1:3]) != ADMIN:
            raise Fault(403, "Incorrect username or password.")
