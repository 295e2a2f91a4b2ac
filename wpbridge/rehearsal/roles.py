"""WordPress's roles and what each may do, in the order of ``populate_roles``."""

_LEVELS = [f"level_{level}" for level in range(10, -1, -1)]
_PAGES = [
    "edit_others_pages",
    "edit_published_pages",
    "publish_pages",
    "delete_pages",
    "delete_others_pages",
    "delete_published_pages",
    "delete_posts",
    "delete_others_posts",
    "delete_published_posts",
    "delete_private_posts",
    "edit_private_posts",
    "read_private_posts",
    "delete_private_pages",
    "edit_private_pages",
    "read_private_pages",
]
_WRITING = (
    "moderate_comments manage_categories manage_links upload_files {}"
    "unfiltered_html edit_posts edit_others_posts edit_published_posts "
    "publish_posts edit_pages read"
)
CAPABILITIES: dict[str, list[str]] = {
    "administrator": [
        *[
            "switch_themes",
            "edit_themes",
            "activate_plugins",
            "edit_plugins",
            "edit_users",
        ],
        *f"edit_files manage_options {_WRITING.format('import ')}".split(),
        *_LEVELS,
        *_PAGES,
        *["delete_users", "create_users", "unfiltered_upload", "edit_dashboard"],
        *["update_plugins", "delete_plugins", "install_plugins", "update_themes"],
        *[
            "install_themes",
            "update_core",
            "list_users",
            "remove_users",
            "promote_users",
        ],
        *["edit_theme_options", "delete_themes", "export", "bp_moderate"],
    ],
    "editor": [*_WRITING.format("").split(), *_LEVELS[3:], *_PAGES],
    "author": [
        *[
            "upload_files",
            "edit_posts",
            "edit_published_posts",
            "publish_posts",
            "read",
        ],
        *_LEVELS[8:],
        *["delete_posts", "delete_published_posts"],
    ],
    "contributor": ["edit_posts", "read", *_LEVELS[9:], "delete_posts"],
    "subscriber": ["read", "level_0"],
}
ROLES = tuple(CAPABILITIES)


def capabilities(roles: list[str]) -> list[str]:
    """``allcaps`` of an account: what its roles may do, then the roles."""
    named = [each for role in roles for each in CAPABILITIES.get(role, ())]
    return [*dict.fromkeys([*named, *roles])]
