"""Arguments of routes: what a route declares of them."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Registered = Callable[[str], list[str]]
"""What is registered on the site under a name such as ``member_types``."""

WORDS = {
    "str": "string",
    "int": "integer",
    "num": "number",
    "bool": "boolean",
    "list": "array",
    "obj": "object",
}
_ARGUMENT = re.compile(
    r"(?P<name>\w+)(?P<required>!?):(?P<type>[\w|]+)(?:<(?P<items>\w+)>)?"
    r"(?:\((?P<format>[\w-]+)\))?"
    r"(?:=(?P<default>\"[^\"]*\"|\[\]|[\w.-]+))?"
    r"(?:\{(?P<enum>[^}]*)\})?"
    r"(?:\[(?P<low>\d*)\.\.(?P<high>\d*)\])?(?P<free>~?)$"
)
# Their checking is BuddyPress's own (bp_rest_validate_group_types and kin).
TYPE_LISTS = {"types", "append_types", "remove_types", "member_type", "group_type"}
_ABOUT_TYPES = {
    # The one description that tells which of a route's arguments is meant.
    ("member_type", True): "Limit results set to certain type(s).",
    ("member_type", False): (
        "Assign a member type to a member, use a comma separated list of member "
        "types to assign more than one."
    ),
    ("types", False): (
        "Assign one or more type to a group. To assign more than one type, use a "
        "comma separated list of types."
    ),
}


@dataclass(frozen=True)
class Argument:
    """One declared argument of a route."""

    name: str
    types: tuple[str, ...]
    required: bool = False
    items: str = ""
    format: str = ""
    default: Any = None
    enum: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    free: bool = False
    """Declared, and neither checked nor cleaned."""

    def allowed(self, registered: Registered) -> list[str]:
        """The enum, with what is registered in place of an @name."""
        if self.enum and self.enum[0].startswith("@"):
            return registered(self.enum[0][1:])
        return list(self.enum)

    def describe(self, registered: Registered) -> dict[str, Any]:
        """As the index and OPTIONS tell it."""
        told: dict[str, Any] = {}
        if self.types != ("any",):
            types = [WORDS[each] for each in self.types]
            told["type"] = types[0] if len(types) == 1 else types
        if self.items:
            told["items"] = {"type": WORDS[self.items]}
        if self.default is not None:
            told["default"] = self.default
        if self.enum:
            self._describe_enum(told, registered)
        for key in ("format", "low", "high"):
            value = getattr(self, key)
            if value not in ("", None):
                told[{"low": "minimum", "high": "maximum"}.get(key, key)] = value
        if self.name in TYPE_LISTS:
            told["description"] = _ABOUT_TYPES.get(
                (self.name, bool(self.items)), "Types."
            )
        return {**told, "required": self.required}

    def _describe_enum(self, told: dict[str, Any], registered: Registered) -> None:
        allowed: Any = self.allowed(registered)
        # bp_get_member_types() is keyed by name: an object, or [] when empty.
        if self.enum[0] in ("@member_types", "@group_types"):
            allowed = {each: each for each in allowed} or []
        if self.items:
            told["items"]["enum"] = allowed
        else:
            told["enum"] = allowed


def parse_argument(text: str) -> Argument:
    """Read one argument in the notation of ``arguments.txt``."""
    found = _ARGUMENT.match(text.strip())
    if not found:
        raise ValueError(f"cannot read the argument {text!r}")
    low, high, default = found["low"], found["high"], found["default"]
    return Argument(
        name=found["name"],
        types=tuple(found["type"].split("|")),
        required=bool(found["required"]),
        items=found["items"] or "",
        format=found["format"] or "",
        default=None if default is None else json.loads(default),
        enum=tuple(found["enum"].split("|")) if found["enum"] else (),
        low=int(low) if low else None,
        high=int(high) if high else None,
        free=bool(found["free"]),
    )
