"""The index, the settings, the plugins and the batch route of WordPress."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import available_timezones

from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.registry import registered
from wpbridge.rehearsal.routing import Route
from wpbridge.rehearsal.text import escape
from wpbridge.rehearsal.visit import Visit
from wpbridge.rehearsal.wire import Reply, php_pairs

# register_initial_settings: our name of the option for REST's.
_SETTINGS = {
    "title": "blogname",
    "description": "blogdescription",
    "url": "siteurl",
    "email": "admin_email",
    "timezone": "timezone_string",
    "date_format": "date_format",
    "time_format": "time_format",
    "start_of_week": "start_of_week",
    "language": "WPLANG",
    "use_smilies": "use_smilies",
    "default_category": "default_category",
    "default_post_format": "default_post_format",
    "posts_per_page": "posts_per_page",
    "show_on_front": "show_on_front",
    "page_on_front": "page_on_front",
    "page_for_posts": "page_for_posts",
    "default_ping_status": "default_ping_status",
    "default_comment_status": "default_comment_status",
    "site_logo": "site_logo",
    "site_icon": "site_icon",
}
_BATCH = 25
_BATCH_METHODS = ("POST", "PUT", "PATCH", "DELETE")


def index(visit: Visit, routes: list[Route]) -> Any:
    """``WP_REST_Server::get_index``; its routes only where they are asked for."""
    option = visit.store.option
    namespaces = ["oembed/1.0", f"buddypress/{visit.version.api}", "wp/v2"]
    if any(each.namespace == "wpbridge/v1" for each in routes):
        namespaces.insert(1, "wpbridge/v1")
    namespaces += ["wp-site-health/v1", "wp-block-editor/v1"]
    told: dict[str, Any] = {
        "name": option("blogname"),
        "description": option("blogdescription"),
        "url": visit.url,
        "home": visit.url,
        "gmt_offset": _offset(visit),
        "timezone_string": option("timezone_string"),
        "page_for_posts": option("page_for_posts"),
        "page_on_front": option("page_on_front"),
        "show_on_front": option("show_on_front"),
        "namespaces": namespaces,
        "authentication": {
            "application-passwords": {
                "endpoints": {
                    "authorization": f"{visit.url}/wp-admin/authorize-application.php"
                }
            }
        },
        "site_logo": option("site_logo"),
        "site_icon": option("site_icon"),
        "site_icon_url": "",
    }
    if visit.wants("routes"):
        names = registered(visit)
        told["routes"] = {
            each.pattern: each.describe(names, visit.root)
            for each in routes
            if not each.component or each.component in visit.active
        }
    told["_links"] = {"help": [{"href": "https://developer.wordpress.org/rest-api/"}]}
    return told


def _offset(visit: Visit) -> Any:
    """The stored string, or a number worked out from ``timezone_string``."""
    if not visit.store.option("timezone_string"):
        return str(visit.store.option("gmt_offset"))
    away = visit.now.astimezone(visit.zone).utcoffset()
    hours = away.total_seconds() / 3600 if away else 0
    return int(hours) if hours == int(hours) else hours


def get_settings(visit: Visit) -> Any:
    """Every setting that REST knows."""
    _may_manage(visit)
    return {name: visit.store.option(option) for name, option in _SETTINGS.items()}


def _may_manage(visit: Visit) -> None:
    if not visit.can("manage_options"):
        message = "Sorry, you are not allowed to do that."
        raise visit.denied(message, "rest_forbidden")


def update_settings(visit: Visit) -> Any:
    """Change those that are named; unknown names are passed over."""
    _may_manage(visit)
    for name, option in _SETTINGS.items():
        if visit.params.nulled(name):
            visit.store.set_option(option, None)
        elif visit.params.given(name):
            value = visit.params.get(name)
            if name == "timezone" and value and value not in available_timezones():
                # sanitize_option keeps what was there, and says nothing.
                continue
            if name == "language" and value not in ("", "en_US"):
                # No other language is installed.
                continue
            if name == "posts_per_page":
                value = value or 1
            if name in ("title", "description"):
                value = escape(str(value))
            visit.store.set_option(option, value)
    return get_settings(visit)


def _plugins(visit: Visit) -> list[dict[str, Any]]:
    """BuddyPress, and the two that come with WordPress."""
    older = visit.version.number < 15  # noqa: PLR2004 - versions are numbers
    akismet = "Akismet Anti-spam: Spam Protection"
    buddypress = _plugin(
        visit, "buddypress/bp-loader", "BuddyPress", visit.version.release
    )
    buddypress |= {
        "status": "active",
        "requires_wp": "6.1" if older else "6.4",
        "requires_php": "5.6" if older else "7.0",
    }
    return [
        _plugin(visit, "akismet/akismet", akismet, visit.version.akismet),
        buddypress,
        _plugin(visit, "hello", "Hello Dolly", "1.7.2"),
    ]


def _plugin(visit: Visit, file: str, name: str, version: str) -> dict[str, Any]:
    return {
        "plugin": file,
        "status": "inactive",
        "name": name,
        "plugin_uri": "",
        "author": "",
        "author_uri": "",
        "description": {"raw": "", "rendered": ""},
        "version": version,
        "network_only": False,
        "requires_wp": "",
        "requires_php": "",
        "textdomain": file.partition("/")[0],
        "_links": {"self": [{"href": f"{visit.root}/wp/v2/plugins/{file}"}]},
    }


def get_plugins(visit: Visit) -> Any:
    """What is installed."""
    if not visit.can("activate_plugins"):
        message = "Sorry, you are not allowed to manage plugins for this site."
        raise visit.denied(message, "rest_cannot_view_plugins")
    wanted = visit.get("status")
    return [each for each in _plugins(visit) if not wanted or each["status"] in wanted]


def get_plugin(visit: Visit) -> Any:
    """One plugin by its file."""
    for each in get_plugins(visit):
        if each["plugin"] == visit.get("plugin"):
            return each
    raise Refusal("rest_plugin_not_found", "Plugin not found.", 404)


def batch(visit: Visit) -> Reply:
    """``serve_batch_request_v1``: writes in a row, each with its own answer."""
    wanted = [_asked(each) for each in visit.get("requests")]
    _check_batch(wanted)
    again = visit.again
    if again is None:
        return Reply({"responses": []}, 207)
    if visit.get("validation") == "require-all-validate":
        faults = [again(each, only_check=True) for each in wanted]
        if any(faults):
            told = [each and _enveloped(each) for each in faults]
            return Reply({"failed": "validation", "responses": told}, 207)
    answers = [again(each) for each in wanted]
    return Reply({"responses": [_enveloped(each) for each in answers if each]}, 207)


def _asked(each: dict[str, Any]) -> dict[str, Any]:
    parts = urlsplit(str(each.get("path", "")))
    return {
        "method": str(each.get("method", "POST")),
        "path": parts.path,
        "query": php_pairs(parse_qsl(parts.query, keep_blank_values=True)),
        "body": dict(each.get("body") or {}),
    }


def _check_batch(wanted: list[dict[str, Any]]) -> None:
    code, message = "rest_not_in_enum", ""
    if len(wanted) > _BATCH:
        code = "rest_too_many_items"
        message = f"requests must contain at most {_BATCH} items."
    for number, each in enumerate(wanted):
        if each["method"] not in _BATCH_METHODS and not message:
            message = (
                f"requests[{number}][method] is not one of POST, PUT, PATCH, "
                "and DELETE."
            )
    if message:
        fault = {"code": code, "message": message, "data": None}
        raise Refusal(
            "rest_invalid_param",
            "Invalid parameter(s): requests",
            400,
            params={"requests": message},
            details={"requests": fault},
        )


def _enveloped(reply: Reply) -> dict[str, Any]:
    # Empty headers are PHP's empty array.
    headers: Any = reply.headers or []
    return {"body": reply.body, "status": reply.status, "headers": headers}


ROUTES = {
    "POST /batch/v1": batch,
    "GET /wp/v2/settings": get_settings,
    "EDIT /wp/v2/settings": update_settings,
    "GET /wp/v2/plugins": get_plugins,
    "GET /wp/v2/plugins/<plugin:plugin>": get_plugin,
}
